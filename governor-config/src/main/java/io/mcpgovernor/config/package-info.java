/**
 * What both doors need beyond the engine: JSON Schemas of tools today, the configuration file to
 * come.
 *
 * <p>Imports the engine, never a door.
 */
@NullMarked
package io.mcpgovernor.config;

import org.jspecify.annotations.NullMarked;
