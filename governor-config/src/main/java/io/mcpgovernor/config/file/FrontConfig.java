package io.mcpgovernor.config.file;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway's listener is reached, and which requests it takes: a guard against web pages
 * that make a browser speak to it.
 *
 * @param url the address under which clients know it; null if it is what they ask for
 * @param tls how it speaks TLS; null for plain HTTP
 * @param allowedHosts names beside its own under which it may be asked
 * @param allowedOrigins pages that may ask it from a browser
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP:
 *     transports, security warning</a>
 */
public record FrontConfig(
    @Key(
            value =
                "The address under which clients reach the gateway, without the servers' names: what"
                    + " it says of itself in its OAuth metadata. Needed behind proxies; if left out,"
                    + " what clients ask for as Host.",
            example = "\"https://mcp.example\"")
        @Nullable URI url,
    @Key("How the listener speaks TLS; plain HTTP if left out.") @Nullable TlsConfig tls,
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
