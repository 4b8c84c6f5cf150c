package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Verb;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Where clients reach the gateway over HTTP: one endpoint of Streamable HTTP for each server, at
 * {@code /{server}/mcp}. Each request runs on a virtual thread of its own. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports">MCP:
 *     transports</a>
 */
public final class HttpFront {
  private static final int BACKLOG = 1_024;

  /** Beyond its bound it tells as many why, and closes without a word on the rest. */
  private static final int TOLD_MAX = 256;

  private final HttpFrontOptions options;
  private final RequestCheck check;
  private final Channel listener;
  private final Set<FrontConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition lessRunning = lock.newCondition();
  private volatile boolean closing;

  private HttpFront(HttpFrontOptions options, Map<String, Consumer<ClientExchange>> endpoints)
      throws IOException {
    this.options = options;
    if (options.address.isUnresolved()) {
      throw new IOException(
          "Cannot listen on "
              + options.address.getHostString()
              + ": this machine has no such name or address.");
    }
    CallingPlace place =
        new CallingPlace(
            options.address.getAddress(), options.allowedHosts, options.allowedOrigins);
    check = new RequestCheck(endpoints, place, options);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(options.loops.group())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, EventLoops.oneBufferARead())
            .childHandler(new Accepted())
            .bind(options.address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Cannot listen on " + options.address + ": " + bound.cause().getMessage(), bound.cause());
    }
    listener = bound.channel();
  }

  /**
   * Listens.
   *
   * @param endpoints who answers, by the names of servers; each is called on a virtual thread for
   *     each request, and has answered it when it returns
   * @throws IOException if the address cannot be had
   */
  public static HttpFront start(
      HttpFrontOptions options, Map<String, Consumer<ClientExchange>> endpoints)
      throws IOException {
    return new HttpFront(options, endpoints);
  }

  private final class Accepted extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      if (open.get() > options.connectionsMax + TOLD_MAX || closing) {
        var _ = channel.close();
        return;
      }
      FrontConnection connection = new FrontConnection(HttpFront.this, options);
      if (options.tls != null) {
        channel.pipeline().addLast(options.tls.handler());
      }
      channel.pipeline().addLast(connection.decoder(), connection);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Stops listening, lets requests that are being worked on be answered, and closes. Streams that
   * only listen are closed at once: they have no end, and clients know how to resume them.
   *
   * @param grace how long to wait for requests
   */
  public void close(Duration grace) throws InterruptedException {
    closing = true;
    listener.close().awaitUninterruptibly();
    for (FrontConnection connection : connections) {
      connection.context().channel().eventLoop().execute(connection::leave);
    }
    awaitEnd(grace);
    for (FrontConnection connection : connections) {
      var _ = connection.context().close();
    }
  }

  private void awaitEnd(Duration grace) throws InterruptedException {
    long left = grace.toNanos();
    lock.lockInterruptibly();
    try {
      while (left > 0 && (running.get() > 0 || !connections.isEmpty())) {
        left = lessRunning.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.size();
  }

  // What follows is called by connections and exchanges.

  RequestCheck check() {
    return check;
  }

  boolean isClosing() {
    return closing;
  }

  /** Counts a connection; false if there are too many. */
  boolean opened(FrontConnection connection) {
    connections.add(connection);
    return open.incrementAndGet() <= options.connectionsMax;
  }

  void closed(FrontConnection connection) {
    if (connections.remove(connection)) {
      open.decrementAndGet();
      less();
    }
  }

  /** Counts a request; false if there are too many. */
  boolean begin(Verb verb) {
    if (verb != Verb.GET && requests.incrementAndGet() > options.requestsMax) {
      requests.decrementAndGet();
      return false;
    }
    running.incrementAndGet();
    return true;
  }

  /** There is room for another request. */
  void leavePlace(Verb verb) {
    if (verb != Verb.GET) {
      requests.decrementAndGet();
    }
  }

  /** Nothing of a request runs any more. */
  void finished() {
    running.decrementAndGet();
    less();
  }

  private void less() {
    if (closing) {
      lock.lock();
      try {
        lessRunning.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
