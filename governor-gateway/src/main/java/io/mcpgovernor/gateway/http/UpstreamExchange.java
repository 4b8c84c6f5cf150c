package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One request to a server and what comes back, between the thread that asks and the connection's
 * event loop. An answer that is one body wakes the thread once, when it is complete; of a stream
 * nothing is read beyond a buffer while the thread is busy with what came before.
 */
final class UpstreamExchange implements Runnable {
  /** Bodies up to here share a buffer with their head. */
  private static final int TOGETHER_MAX = 65_536;

  private static final int HEAD_BYTES = 1_024;
  private static final int ACCEPTED = 202;
  private static final byte[] NONE = {};

  private final HttpUpstreamOptions options;
  private final UpstreamWire wire;
  private final UpstreamConnection connection;
  private final UpstreamRequest request;
  private final @Nullable String token;
  private final Breaker breaker;
  private final Runnable onEnd;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong needed = new AtomicLong();
  private final Queue<byte[]> stream = new ConcurrentLinkedQueue<>();

  private volatile @Nullable Thread waiting;
  private volatile long deadline;
  private volatile int status;
  private volatile boolean isStream;
  private volatile boolean complete;
  private volatile boolean unsent;
  private volatile boolean paused;
  private volatile boolean closed;
  private volatile byte[] body = NONE;
  private volatile HttpHeaders raw = new DefaultHttpHeaders();
  private volatile @Nullable UpstreamException failure;

  // The event loop's.
  private @Nullable ChannelFuture writing;
  private @Nullable AnswerBody collected;
  private boolean keepAlive;
  private boolean answering;

  /**
   * A request that is not sent yet.
   *
   * @param onEnd what is done once when no more of the answer comes
   */
  UpstreamExchange(
      HttpUpstreamOptions options,
      UpstreamWire wire,
      UpstreamConnection connection,
      UpstreamRequest request,
      @Nullable String token,
      Breaker breaker,
      Runnable onEnd) {
    this.options = options;
    this.wire = wire;
    this.connection = connection;
    this.request = request;
    this.token = token;
    this.breaker = breaker;
    this.onEnd = onEnd;
    deadline = System.nanoTime() + request.patience().toNanos();
  }

  // What follows is for the thread that asks.

  /**
   * Waits until all of a plain answer has come, or the head of a stream.
   *
   * @return false if the connection was closed before anything was sent
   */
  boolean awaitAnswer() throws UpstreamException, InterruptedException {
    while (true) {
      waitFor(true);
      UpstreamException failed = failure;
      // Of a stream, what came before a failure is still to be read.
      if (failed != null && !isStream) {
        close();
        throw failed;
      }
      if (unsent) {
        return false;
      }
      long more = needed.get();
      if (more == 0 || complete) {
        options.budget.add(more);
        held.addAndGet(more);
        deadline = 0;
        return true;
      }
      takeRoom(more, System.nanoTime() + request.patience().toNanos());
      deadline = System.nanoTime() + request.patience().toNanos();
      needed.addAndGet(-more);
      connection.execute(this::resume);
    }
  }

  private void takeRoom(long bytes, long until) throws UpstreamException, InterruptedException {
    if (!options.budget.take(bytes, until)) {
      close();
      throw UpstreamFailures.noMemory();
    }
    held.addAndGet(bytes);
    if (closed) {
      releaseHeld();
    }
  }

  /** More of a stream; null at its end. */
  byte @Nullable [] read(Duration patience, boolean endless)
      throws UpstreamException, InterruptedException {
    byte[] more = stream.poll();
    if (more == null) {
      if (paused) {
        connection.execute(this::resume);
      }
      deadline = endless ? 0 : System.nanoTime() + patience.toNanos();
      waitFor(false);
      deadline = 0;
      more = stream.poll();
    }
    if (more == null) {
      UpstreamException failed = failure;
      if (failed != null) {
        throw failed;
      }
      return null;
    }
    takeRoom(more.length, System.nanoTime() + patience.toNanos());
    return more;
  }

  private void waitFor(boolean answer) throws InterruptedException {
    if (isThere(answer)) {
      return;
    }
    waiting = Thread.currentThread();
    try {
      while (!isThere(answer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
    } finally {
      waiting = null;
    }
  }

  private boolean isThere(boolean answer) {
    return complete
        || unsent
        || failure != null
        || (answer ? isStream || needed.get() > 0 : !stream.isEmpty());
  }

  int status() {
    return status;
  }

  boolean isStream() {
    return isStream;
  }

  byte[] body() {
    return body;
  }

  Headers headers() {
    return PassedHeaders.of(raw);
  }

  @Nullable String rawHeader(CharSequence name) {
    return raw.get(name);
  }

  /** An event has been dealt with. */
  void giveBack(long bytes) {
    long before = held.getAndUpdate(now -> Math.max(0, now - bytes));
    options.budget.giveBack(Math.min(before, bytes));
  }

  /** Lets go of the rest. May be called by any thread. */
  void close() {
    closed = true;
    if (!complete && failure == null) {
      connection.execute(() -> fail(UpstreamFailures.letGo(), false));
    }
    releaseHeld();
  }

  private void releaseHeld() {
    options.budget.giveBack(held.getAndSet(0));
  }

  // What follows is the event loop's.

  /** Sends the request. */
  @Override
  public void run() {
    if (closed) {
      connection.close();
      return;
    }
    if (!connection.begin(this)) {
      unsent = true;
      wake();
      return;
    }
    ChannelHandlerContext ctx = connection.context();
    byte[] sent = request.message() == null ? NONE : request.message().utf8();
    boolean together = sent.length <= TOGETHER_MAX;
    ByteBuf out = ctx.alloc().directBuffer(HEAD_BYTES + (together ? sent.length : 0));
    wire.head(out, request.verb(), request.headers(), token, sent.length);
    if (together) {
      writing = ctx.writeAndFlush(out.writeBytes(sent));
    } else {
      var _ = ctx.write(out);
      writing = ctx.writeAndFlush(Unpooled.wrappedBuffer(sent));
    }
  }

  void head(HttpResponse head) {
    if (head.decoderResult().isFailure() || answering || head.status().code() == 101) {
      fail(UpstreamFailures.garbage(), true);
      return;
    }
    answering = true;
    keepAlive = HttpUtil.isKeepAlive(head);
    raw = head.headers();
    status = head.status().code();
    if (status >= 500) {
      breaker.failed();
    } else if (status == ACCEPTED) {
      breaker.abandoned(); // a server that fails every request may still take notifications
    } else {
      breaker.succeeded();
    }
    boolean events =
        status < 300 && MediaTypes.is(raw.get(HttpHeaderNames.CONTENT_TYPE), MediaTypes.EVENTS);
    if (events) {
      isStream = true;
      return;
    }
    deadline = System.nanoTime() + request.patience().toNanos();
    long length = HttpUtil.getContentLength(head, AnswerBody.UNKNOWN);
    if (length > options.answerBytesMax) {
      fail(UpstreamFailures.tooLarge(options.answerBytesMax), false);
      return;
    }
    collected = new AnswerBody((int) length, options.answerBytesMax);
    if (length > 0) {
      reserve(length);
    }
  }

  void content(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      fail(UpstreamFailures.garbage(), true);
      return;
    }
    int bytes = content.content().readableBytes();
    if (bytes > 0) {
      if (collected == null) {
        byte[] part = new byte[bytes];
        content.content().readBytes(part);
        stream.add(part);
      } else if (!collected.add(content.content())) {
        fail(UpstreamFailures.tooLarge(options.answerBytesMax), false);
        return;
      } else if (!collected.isReserved()) {
        reserve(bytes);
      }
    }
    if (content instanceof LastHttpContent) {
      end();
    }
  }

  private void end() {
    if (collected != null) {
      body = collected.bytes();
    }
    boolean reusable = keepAlive && writing != null && writing.isSuccess();
    connection.end(reusable);
    complete = true;
    finish();
  }

  /** Room for what comes; where there is none, nothing is read until the reader has got some. */
  private void reserve(long bytes) {
    if (options.budget.tryTake(bytes)) {
      held.addAndGet(bytes);
    } else {
      needed.addAndGet(bytes);
      pause();
    }
  }

  private void pause() {
    paused = true;
    connection.context().channel().config().setAutoRead(false);
  }

  private void resume() {
    if (needed.get() == 0 && connection.isAnswering(this)) {
      paused = false;
      connection.context().channel().config().setAutoRead(true);
    }
  }

  /** A buffer has been read. */
  void readComplete() {
    if (isStream || needed.get() > 0) {
      if (isStream && waiting == null && !stream.isEmpty()) {
        pause();
      }
      wake();
    }
  }

  void gone() {
    fail(UpstreamFailures.gone(answering), true);
  }

  void tick(long now) {
    long limit = deadline;
    // While there is no room the server has nothing to do with it; who waits for room gives up.
    if (limit != 0 && now - limit > 0 && needed.get() == 0) {
      fail(UpstreamFailures.slow(request.patience()), false);
    }
  }

  /**
   * Ends it.
   *
   * @param isFault whether it counts as a failure of the server
   */
  private void fail(UpstreamException reason, boolean isFault) {
    if (complete || failure != null) {
      return;
    }
    failure = reason;
    if (isFault) {
      breaker.failed();
    } else if (!answering) {
      breaker.abandoned();
    }
    if (connection.isAnswering(this)) {
      connection.end(false);
    }
    finish();
  }

  private void finish() {
    if (ended.compareAndSet(false, true)) {
      onEnd.run();
    }
    if (closed) {
      releaseHeld();
    }
    wake();
  }

  private void wake() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
