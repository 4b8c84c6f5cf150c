/**
 * The library door: governs the tools of a server built with the official MCP Java SDK. Start at
 * {@link io.mcpgovernor.mcp.GovernedTools}.
 */
@NullMarked
package io.mcpgovernor.mcp;

import org.jspecify.annotations.NullMarked;
