/**
 * May this call run? Each rule is a type of its own and answers with a {@link
 * io.mcpgovernor.policy.Decision}; the order in which they are asked is not theirs to choose.
 *
 * <p>Imports {@code call} and nothing else of this project.
 */
@NullMarked
package io.mcpgovernor.policy;

import org.jspecify.annotations.NullMarked;
