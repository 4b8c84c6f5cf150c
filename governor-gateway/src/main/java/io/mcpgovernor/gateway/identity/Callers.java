package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.GovernorConfig;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.gateway.http.Authenticator;
import io.mcpgovernor.gateway.http.ProtectedResource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls over HTTP, as a configuration says it is known, and what is followed for that: the
 * issuer's keys. Read when it starts. Thread-safe.
 */
public final class Callers implements AutoCloseable {
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Authenticator authenticator;
  private final @Nullable ProtectedResource resource;

  private Callers(ConfigFile file, TimeSource time) {
    GovernorConfig config = file.config();
    JwtConfig jwt = config.identity().jwt();
    Tokens tokens = jwt == null ? null : new Tokens(jwt, source(file, jwt), time);
    if (tokens != null) {
      closing.push(tokens::close);
    }
    authenticator = tokens == null ? Authenticator.nobody() : new ShownOnce(tokens);
    resource =
        jwt == null
            ? null
            : new ProtectedResource(
                config.front().url(),
                List.of(jwt.issuer().toString()),
                List.copyOf(jwt.requiredScope()));
  }

  /** Starts to know them. */
  public static Callers start(ConfigFile file) {
    return new Callers(file, TimeSource.SYSTEM);
  }

  private static KeySource source(ConfigFile file, JwtConfig jwt) {
    String jwks = jwt.jwks();
    if (jwks == null) {
      return new KeyWebSource(jwt.issuer(), null);
    }
    return jwt.isUrl()
        ? new KeyWebSource(jwt.issuer(), URI.create(jwks))
        : new KeyFileSource(file.resolve(Path.of(jwks)));
  }

  /** Says who a request is from. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** Where tokens come from; null if none are taken. */
  public @Nullable ProtectedResource resource() {
    return resource;
  }

  /** Stops following. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
