package io.mcpgovernor.gateway.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the front listens and what it puts up with. Setters return this; read once, when the front
 * starts. Not thread-safe.
 */
public final class HttpFrontOptions {
  final InetSocketAddress address;
  final EventLoops loops;
  final ByteBudget budget;
  Authenticator authenticator = Authenticator.nobody();
  @Nullable ProtectedResource resource;
  @Nullable FrontTls tls;
  Set<String> allowedHosts = Set.of();
  Set<String> allowedOrigins = Set.of();
  int urlMax = 2_048;
  int headerBytesMax = 32_768;
  int bodyBytesMax = 4 * 1024 * 1024;
  int connectionsMax = 4_096;
  int requestsMax = 1_024;
  Duration headTime = Duration.ofSeconds(10);
  Duration bodyTime = Duration.ofSeconds(30);
  Duration idleTime = Duration.ofSeconds(75);
  Duration writeTime = Duration.ofSeconds(30);
  Duration commentTime = Duration.ofSeconds(15);

  /**
   * The defaults.
   *
   * @param address where to listen; port 0 for any that is free
   * @param loops whose threads are used; closed by whoever started them
   * @param budget shared with the upstreams
   */
  public HttpFrontOptions(InetSocketAddress address, EventLoops loops, ByteBudget budget) {
    this.address = address;
    this.loops = loops;
    this.budget = budget;
  }

  /** Who says who calls; without one nobody is let in. */
  public HttpFrontOptions authenticator(Authenticator authenticator) {
    this.authenticator = authenticator;
    return this;
  }

  /** Where tokens come from; null, and nothing is told of that. */
  public HttpFrontOptions resource(@Nullable ProtectedResource resource) {
    this.resource = resource;
    return this;
  }

  /** Speaks TLS, and nothing else; null for plain HTTP. */
  public HttpFrontOptions tls(@Nullable FrontTls tls) {
    this.tls = tls;
    return this;
  }

  /**
   * Names, with or without a port, that {@code Host} may have. Where the front listens on loopback,
   * those of loopback always may, and no other unless named here; elsewhere all may unless some are
   * named.
   */
  public HttpFrontOptions allowedHosts(Set<String> allowedHosts) {
    this.allowedHosts = Set.copyOf(allowedHosts);
    return this;
  }

  /**
   * What {@code Origin} may be: scheme, host, and port unless it is the scheme's own. Where the
   * front listens on loopback, pages of loopback always may.
   */
  public HttpFrontOptions allowedOrigins(Set<String> allowedOrigins) {
    this.allowedOrigins = Set.copyOf(allowedOrigins);
    return this;
  }

  /** Characters of a request's first line; 2,048 unless said otherwise. */
  public HttpFrontOptions urlMax(int urlMax) {
    this.urlMax = positive(urlMax);
    return this;
  }

  /** Bytes of all of a request's headers; 32,768 unless said otherwise, for tokens are long. */
  public HttpFrontOptions headerBytesMax(int headerBytesMax) {
    this.headerBytesMax = positive(headerBytesMax);
    return this;
  }

  /** Bytes of a request's body; 4 MiB unless said otherwise. */
  public HttpFrontOptions bodyBytesMax(int bodyBytesMax) {
    this.bodyBytesMax = positive(bodyBytesMax);
    return this;
  }

  /** Connections at once; 4,096 unless said otherwise. */
  public HttpFrontOptions connectionsMax(int connectionsMax) {
    this.connectionsMax = positive(connectionsMax);
    return this;
  }

  /**
   * Requests at once, but for those that only listen, of which each connection may have one; 1,024
   * unless said otherwise.
   */
  public HttpFrontOptions requestsMax(int requestsMax) {
    this.requestsMax = positive(requestsMax);
    return this;
  }

  /** How long a request's first line and headers may take; 10 s unless said otherwise. */
  public HttpFrontOptions headTime(Duration headTime) {
    this.headTime = headTime;
    return this;
  }

  /** How long a request's body may take; 30 s unless said otherwise. */
  public HttpFrontOptions bodyTime(Duration bodyTime) {
    this.bodyTime = bodyTime;
    return this;
  }

  /** How long a connection may do nothing between requests; 75 s unless said otherwise. */
  public HttpFrontOptions idleTime(Duration idleTime) {
    this.idleTime = idleTime;
    return this;
  }

  /** How long a client may read nothing of what it is sent; 30 s unless said otherwise. */
  public HttpFrontOptions writeTime(Duration writeTime) {
    this.writeTime = writeTime;
    return this;
  }

  /** After how long a comment is sent on a stream that is quiet; 15 s unless said otherwise. */
  public HttpFrontOptions commentTime(Duration commentTime) {
    this.commentTime = commentTime;
    return this;
  }

  private static int positive(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a bound must be at least 1");
    }
    return bound;
  }
}
