package io.mcpgovernor.gateway.http;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that read and write sockets, for the front and all upstreams together: what a
 * call waits for most is threads being woken, so there are few of them. They never wait for
 * anything else. Thread-safe.
 */
public final class EventLoops implements AutoCloseable {
  /** More than two loops do not make a relay of small messages faster. */
  public static final int THREADS = 2;

  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup group;
  private final IdentityHashMap<EventExecutor, LoopClock> clocks = new IdentityHashMap<>();

  private EventLoops(int threads) {
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("governor-http", true), NioIoHandler.newFactory());
    for (EventExecutor loop : group) {
      clocks.put(loop, new LoopClock((EventLoop) loop));
    }
  }

  /**
   * Starts them.
   *
   * @param threads how many, at least 1
   */
  public static EventLoops start(int threads) {
    return new EventLoops(threads);
  }

  /**
   * Reads one buffer of at most 64 KiB at a time, so that no connection keeps a loop from others
   * and no more than that is held of what nobody waits for.
   */
  static RecvByteBufAllocator oneBufferARead() {
    return new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1);
  }

  EventLoopGroup group() {
    return group;
  }

  LoopClock clock(EventLoop loop) {
    return Objects.requireNonNull(clocks.get(loop));
  }

  /** Ends them, and every connection that is still open. Waits some seconds at most. */
  @Override
  public void close() {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
