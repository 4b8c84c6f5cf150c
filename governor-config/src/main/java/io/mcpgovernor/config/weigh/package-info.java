/**
 * What the structure of SQL and GraphQL weighs. {@link
 * io.mcpgovernor.config.weigh.StructureWeigher} is the way in; parsers are fed no more than they
 * can take.
 *
 * <p>Imports {@code policy} and {@code call} and nothing else of this project.
 */
@NullMarked
package io.mcpgovernor.config.weigh;

import org.jspecify.annotations.NullMarked;
