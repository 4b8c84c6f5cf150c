package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a server.
 *
 * @param verb what is done
 * @param headers those of the client that MCP speaks of; never its credentials
 * @param message what is sent; null for GET and DELETE
 * @param caller for whom
 * @param patience how long the answer may take to begin; of a stream, how long the next event may
 *     take. Of a GET stream it is for ever once it has begun
 */
public record UpstreamRequest(
    Verb verb, Headers headers, @Nullable Message message, Caller caller, Duration patience) {}
