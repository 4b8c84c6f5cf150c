package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.UpstreamException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a server is, and how to connect to it. Thread-safe. */
final class UpstreamTarget {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamTarget.class);

  /** As many addresses of a name are tried; the rest would take longer than anybody waits. */
  private static final int ADDRESSES_MAX = 4;

  private final HttpUpstreamOptions options;
  private final String host;
  private final int port;
  private final @Nullable SSLContext tls;
  private final Bootstrap bootstrap;

  UpstreamTarget(HttpUpstreamOptions options) {
    this.options = options;
    URI uri = options.uri;
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    String name = uri.getHost();
    host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    tls = secure ? tls(options) : null;
    bootstrap =
        new Bootstrap()
            .group(options.loops.group())
            .channel(NioSocketChannel.class)
            .disableResolver()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(options))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.RECVBUF_ALLOCATOR, EventLoops.oneBufferARead());
  }

  private static int millis(HttpUpstreamOptions options) {
    return Math.clamp(options.connectTime.toMillis(), 1, Integer.MAX_VALUE);
  }

  private static SSLContext tls(HttpUpstreamOptions options) {
    try {
      return options.tls == null ? SSLContext.getDefault() : options.tls;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /** What {@code Host} is. */
  String authority() {
    URI uri = options.uri;
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** What is asked for: the path and the query of the address. */
  String path() {
    URI uri = options.uri;
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /**
   * A new connection. Blocks; names are resolved here too, because that may take long and an event
   * loop must not wait for it.
   */
  UpstreamConnection connect(UpstreamPool pool) throws UpstreamException, InterruptedException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      LOG.warn("The name of the server {} cannot be resolved", host);
      throw UpstreamFailures.unreachable();
    }
    Throwable cause = null;
    for (int i = 0; i < Math.min(addresses.length, ADDRESSES_MAX); i++) {
      UpstreamConnection connection = new UpstreamConnection(options, pool);
      SslHandler handshake = tls == null ? null : handshake(tls);
      ChannelFuture connecting = connecting(addresses[i], connection, handshake);
      if (await(connecting, connecting.channel())) {
        if (handshake == null) {
          return connection;
        }
        Future<Channel> shaken = handshake.handshakeFuture();
        if (await(shaken, connecting.channel())) {
          return connection;
        }
        // Whoever answers at this address is not whom we want; another would not be either.
        LOG.warn(
            "The TLS handshake with the server {} failed: {}", host, shaken.cause().toString());
        throw UpstreamFailures.untrusted();
      }
      cause = connecting.cause();
    }
    LOG.warn("The server {} cannot be reached: {}", host, String.valueOf(cause));
    throw UpstreamFailures.unreachable();
  }

  private ChannelFuture connecting(
      InetAddress address, UpstreamConnection connection, @Nullable SslHandler handshake) {
    return bootstrap
        .clone()
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (handshake != null) {
                  channel.pipeline().addLast(handshake);
                }
                channel.pipeline().addLast(new StrictResponseDecoder(), connection);
              }
            })
        .connect(new InetSocketAddress(address, port));
  }

  private SslHandler handshake(SSLContext context) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeoutMillis(millis(options));
    return handler;
  }

  /** Waits; false if it came to nothing. Its own time limit ends it. */
  private static boolean await(Future<?> future, Channel channel) throws InterruptedException {
    try {
      return future.await().isSuccess();
    } catch (InterruptedException e) {
      var _ = channel.close();
      throw e;
    }
  }
}
