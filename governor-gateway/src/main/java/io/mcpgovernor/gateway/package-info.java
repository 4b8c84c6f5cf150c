/** The gateway door: relays and governs JSON-RPC between any MCP client and any MCP server. */
@NullMarked
package io.mcpgovernor.gateway;

import org.jspecify.annotations.NullMarked;
