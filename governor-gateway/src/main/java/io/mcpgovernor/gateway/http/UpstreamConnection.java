package io.mcpgovernor.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a server, which has one request at a time. It is read from while it is idle,
 * too, for that is how one hears that the server closed it.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements LoopClock.Timed {
  private enum State {
    IDLE,
    USED,
    CLOSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamConnection.class);

  private final HttpUpstreamOptions options;
  private final UpstreamPool pool;
  private final AtomicReference<State> state = new AtomicReference<>(State.USED);

  @SuppressWarnings("NullAway.Init") // Set when the handler is added, before anything else.
  private ChannelHandlerContext ctx;

  private volatile boolean reused;

  // The event loop's.
  private @Nullable UpstreamExchange reply;
  private boolean interim;
  private long idleSince;

  UpstreamConnection(HttpUpstreamOptions options, UpstreamPool pool) {
    this.options = options;
    this.pool = pool;
  }

  /** Takes it for a request; false if it was closed meanwhile. */
  boolean claim() {
    return state.compareAndSet(State.IDLE, State.USED);
  }

  /** Whether it has been used before. */
  boolean isReused() {
    return reused;
  }

  boolean isClosed() {
    return state.get() == State.CLOSED;
  }

  /** Runs on the connection's event loop; false if that has ended. */
  boolean execute(Runnable task) {
    try {
      ctx.channel().eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  void close() {
    var _ = ctx.close();
  }

  // What follows is the event loop's.

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  ChannelHandlerContext context() {
    return ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    options.loops.clock(ctx.channel().eventLoop()).watch(this);
    ctx.fireChannelActive();
  }

  /**
   * Begins a request.
   *
   * @return false if it is closed, so that nothing can have been sent
   */
  boolean begin(UpstreamExchange next) {
    Channel channel = ctx.channel();
    if (reused && channel.unsafe() instanceof AbstractNioChannel.NioUnsafe unsafe) {
      // The server may have closed it while the loop was busy with others.
      unsafe.read();
    }
    if (!channel.isActive() || state.get() != State.USED || reply != null) {
      return false;
    }
    reply = next;
    return true;
  }

  boolean isAnswering(UpstreamExchange exchange) {
    return reply == exchange;
  }

  /** Ends a request. */
  void end(boolean reusable) {
    reply = null;
    if (!reusable || !ctx.channel().isActive()) {
      var _ = ctx.close();
      return;
    }
    ctx.channel().config().setAutoRead(true);
    idleSince = System.nanoTime();
    reused = true;
    if (state.compareAndSet(State.USED, State.IDLE)) {
      pool.idle(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    UpstreamExchange current = reply;
    try {
      if (current == null) {
        // Nobody asked.
        var _ = ctx.close();
      } else if (message instanceof HttpResponse head) {
        interim = isInterim(head);
        if (!interim) {
          current.head(head);
        }
      } else if (message instanceof HttpContent content && !interim) {
        current.content(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** 1xx come before the answer and say nothing we need; 101 was not asked for. */
  private static boolean isInterim(HttpResponse head) {
    int status = head.status().code();
    return head.decoderResult().isSuccess() && status >= 100 && status < 200 && status != 101;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (reply != null) {
      reply.readComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state.set(State.CLOSED);
    options.loops.clock(ctx.channel().eventLoop()).forget(this);
    pool.closed(this);
    UpstreamExchange current = reply;
    reply = null;
    if (current != null) {
      current.gone();
    }
  }

  @Override
  public void tick(long now) {
    if (reply != null) {
      reply.tick(now);
    } else if (state.get() == State.IDLE
        && now - idleSince > options.idleTime.toNanos()
        && state.compareAndSet(State.IDLE, State.CLOSED)) {
      var _ = ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A handshake that failed is told by who waits for it.
    if (reply != null && !(cause instanceof IOException)) {
      LOG.warn("A connection to a server failed: {}", cause.toString());
    }
    var _ = ctx.close();
  }
}
