/**
 * What both doors need beyond the engine: JSON Schemas of tools. The configuration file has a
 * package of its own.
 *
 * <p>Imports the engine, never a door.
 */
@NullMarked
package io.mcpgovernor.config;

import org.jspecify.annotations.NullMarked;
