package io.mcpgovernor.config.file;

import org.jspecify.annotations.Nullable;

/**
 * The listener for health, metrics and administration.
 *
 * @param listen where
 * @param token what changes need; null if none can be made
 * @param tls how it speaks TLS; null if it does not, and then it listens on loopback only
 */
public record AdminConfig(
    @Key(value = "Where it listens: host:port.", unless = "127.0.0.1:8091") Address listen,
    @Key(
            value = "The bearer token that changes need; without one, none can be made.",
            example = "\"${env:GOVERNOR_ADMIN_TOKEN}\"")
        @Nullable Secret token,
    @Key(
            "How it speaks TLS. Without it, it listens on this machine only; with it, metrics need"
                + " the token, too.")
        @Nullable AdminTlsConfig tls) {}
