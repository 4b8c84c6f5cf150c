/** MCP over standard input and output: our own, and that of processes we start. */
@NullMarked
package io.mcpgovernor.gateway.stdio;

import org.jspecify.annotations.NullMarked;
