package io.mcpgovernor.gateway.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and what is asked of it. Setters return this; read once, when the upstream is
 * made. Not thread-safe.
 */
public final class HttpUpstreamOptions {
  final URI uri;
  final EventLoops loops;
  final ByteBudget budget;
  Supplier<@Nullable String> bearer = () -> null;
  @Nullable SSLContext tls;
  int requestsMax = 64;
  int streamsMax = 1_024;
  int answerBytesMax = 8 * 1024 * 1024;
  int failuresMax = 5;
  Duration pause = Duration.ofSeconds(10);
  Duration connectTime = Duration.ofSeconds(5);
  Duration idleTime = Duration.ofSeconds(4);

  /**
   * The defaults.
   *
   * @param uri of the server's endpoint, http or https
   * @param loops whose threads are used; closed by whoever started them
   * @param budget shared with the front
   */
  public HttpUpstreamOptions(URI uri, EventLoops loops, ByteBudget budget) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("the address of a server begins with http or https");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of a server has a host, and no user before it");
    }
    this.uri = uri;
    this.loops = loops;
    this.budget = budget;
  }

  /**
   * Where the token comes from that the server wants; asked for each request, on its thread. Null
   * or none for no token. It is never logged.
   */
  public HttpUpstreamOptions bearer(Supplier<@Nullable String> bearer) {
    this.bearer = bearer;
    return this;
  }

  /** Whom to trust over https; those the JDK trusts unless said otherwise. */
  public HttpUpstreamOptions tls(SSLContext tls) {
    this.tls = tls;
    return this;
  }

  /** Requests at once, each on its own connection; 64 unless said otherwise. */
  public HttpUpstreamOptions requestsMax(int requestsMax) {
    this.requestsMax = positive(requestsMax);
    return this;
  }

  /** Streams at once that only listen; 1,024 unless said otherwise. */
  public HttpUpstreamOptions streamsMax(int streamsMax) {
    this.streamsMax = positive(streamsMax);
    return this;
  }

  /** Bytes of an answer, or of one event of a stream; 8 MiB unless said otherwise. */
  public HttpUpstreamOptions answerBytesMax(int answerBytesMax) {
    this.answerBytesMax = positive(answerBytesMax);
    return this;
  }

  /** After how many failures in a row the server is left alone; 5 unless said otherwise. */
  public HttpUpstreamOptions failuresMax(int failuresMax) {
    this.failuresMax = positive(failuresMax);
    return this;
  }

  /** For how long it is left alone; 10 s unless said otherwise. */
  public HttpUpstreamOptions pause(Duration pause) {
    this.pause = pause;
    return this;
  }

  /** How long connecting may take, and the handshake of TLS; 5 s unless said otherwise. */
  public HttpUpstreamOptions connectTime(Duration connectTime) {
    this.connectTime = connectTime;
    return this;
  }

  /**
   * For how long a connection that nobody uses is kept; 4 s unless said otherwise, because servers
   * on Node.js close theirs after 5 s, and a request that meets that cannot be sent again.
   */
  public HttpUpstreamOptions idleTime(Duration idleTime) {
    this.idleTime = idleTime;
    return this;
  }

  private static int positive(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a bound must be at least 1");
    }
    return bound;
  }
}
