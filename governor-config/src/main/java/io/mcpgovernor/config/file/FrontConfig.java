package io.mcpgovernor.config.file;

import java.util.Set;

/**
 * Which requests the gateway's listener takes: a guard against web pages that make a browser speak
 * to it.
 *
 * @param allowedHosts names beside its own under which it may be asked
 * @param allowedOrigins pages that may ask it from a browser
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP:
 *     transports, security warning</a>
 */
public record FrontConfig(
    @Key(
            value =
                "Names under which clients may ask for the gateway, with the port if it is not the"
                    + " one of listen: what they send as Host. Those of listen and of this machine"
                    + " always count; requests for others are refused.",
            form = WordForm.HOST,
            single = true,
            unless = "[]",
            example = "[mcp.example]")
        Set<String> allowedHosts,
    @Key(
            value =
                "Web pages that may ask the gateway from a browser: what they send as Origin."
                    + " Requests from others are refused; programs send none.",
            form = WordForm.ORIGIN,
            single = true,
            unless = "[]",
            example = "[\"https://inspector.example\"]")
        Set<String> allowedOrigins) {}
