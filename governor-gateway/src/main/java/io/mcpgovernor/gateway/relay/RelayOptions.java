package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.MessageBounds;
import java.time.Duration;

/**
 * How a relay works.
 *
 * @param client how large messages of clients may be
 * @param server how large messages of the server may be
 * @param patience how long the server may take for what has no time-out of its own: lists,
 *     handshakes, notifications
 * @param governsUnknownMethods whether requests that MCP does not know are governed like tools;
 *     else they are denied
 */
public record RelayOptions(
    MessageBounds client,
    MessageBounds server,
    Duration patience,
    boolean governsUnknownMethods,
    int sessionsMax) {}
