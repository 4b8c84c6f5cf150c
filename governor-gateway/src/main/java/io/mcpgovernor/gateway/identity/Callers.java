package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.config.file.CertificatesConfig;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.IdentityConfig;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.config.file.TlsConfig;
import io.mcpgovernor.gateway.http.Authenticator;
import io.mcpgovernor.gateway.http.FrontTls;
import io.mcpgovernor.gateway.http.ProtectedResource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls over HTTP, as a configuration says it is known when the gateway starts, and what is
 * followed for that: the issuer's keys, API keys, certificates. Thread-safe.
 */
public final class Callers implements AutoCloseable {
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Authenticator authenticator;
  private final @Nullable ApiKeys apiKeys;
  private final @Nullable ProtectedResource resource;
  private final @Nullable FrontTls tls;

  private Callers(ConfigFile file, Governor governor, TimeSource time) throws IOException {
    try {
      IdentityConfig identity = file.config().identity();
      Tokens tokens = tokens(file, time);
      apiKeys = keys(file, governor, time);
      KnownKeys keys = apiKeys == null ? null : new KnownKeys(apiKeys, time);
      CertificatesConfig certificates = identity.certificates();
      authenticator =
          tokens == null && keys == null && certificates == null
              ? Authenticator.nobody()
              : new ShownOnce(
                  tokens,
                  keys,
                  certificates == null ? null : new CertificateUsers(certificates, time));
      JwtConfig jwt = identity.jwt();
      resource =
          jwt == null
              ? null
              : new ProtectedResource(
                  file.config().front().url(),
                  List.of(jwt.issuer().toString()),
                  List.copyOf(jwt.requiredScope()));
      tls = tls(file);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts to know them.
   *
   * @param governor takes on record what is done with API keys
   * @throws IOException if a file of keys or certificates cannot be used; says which, and why
   */
  public static Callers start(ConfigFile file, Governor governor) throws IOException {
    return new Callers(file, governor, TimeSource.SYSTEM);
  }

  private @Nullable Tokens tokens(ConfigFile file, TimeSource time) {
    JwtConfig jwt = file.config().identity().jwt();
    if (jwt == null) {
      return null;
    }
    Tokens tokens = new Tokens(jwt, source(file, jwt), time);
    closing.push(tokens::close);
    return tokens;
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

  private @Nullable ApiKeys keys(ConfigFile file, Governor governor, TimeSource time)
      throws IOException {
    Path written = file.config().identity().keys();
    if (written == null) {
      return null;
    }
    try {
      ApiKeys keys = ApiKeys.open(file.resolve(written), time);
      closing.push(KeyRecords.start(keys, governor)::close);
      return keys;
    } catch (KeyException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private @Nullable FrontTls tls(ConfigFile file) throws IOException {
    TlsConfig config = file.config().front().tls();
    if (config == null) {
      return null;
    }
    Path ca = config.clientCa();
    TlsFiles files =
        TlsFiles.start(
            file.resolve(config.certificate()),
            file.resolve(config.key()),
            ca == null ? null : file.resolve(ca));
    closing.push(files::close);
    IdentityConfig identity = file.config().identity();
    boolean hasOtherWays =
        identity.certificates() != null && (identity.jwt() != null || identity.keys() != null);
    return new FrontTls(
        files,
        ca == null
            ? FrontTls.Clients.UNASKED
            : hasOtherWays ? FrontTls.Clients.ASKED : FrontTls.Clients.REQUIRED);
  }

  /** Says who a request is from. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** The API keys that are taken; null if none are. */
  public @Nullable ApiKeys apiKeys() {
    return apiKeys;
  }

  /** Where tokens come from; null if none are taken. */
  public @Nullable ProtectedResource resource() {
    return resource;
  }

  /** How the front speaks TLS; null if it does not. */
  public @Nullable FrontTls tls() {
    return tls;
  }

  /** Stops following. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
