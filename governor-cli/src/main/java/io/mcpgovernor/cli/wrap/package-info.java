/** {@code governor wrap} and {@code unwrap}: the configuration files of MCP clients. */
@NullMarked
package io.mcpgovernor.cli.wrap;

import org.jspecify.annotations.NullMarked;
