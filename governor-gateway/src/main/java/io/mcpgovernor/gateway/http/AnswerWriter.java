package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer. The request's thread puts parts into a queue; the event loop takes all that is
 * there and writes it at once, so that head, event and end of a short stream are one packet and
 * wake the loop once.
 */
final class AnswerWriter {
  /**
   * As much of an answer is copied out of the heap at a time; the rest waits until the client has
   * read that. An answer that is no larger is one buffer with its head.
   */
  private static final int SLICE = 65_536;

  private static final long QUEUED_MAX = 65_536;
  private static final int HEAD_BYTES = 512;

  /** No event is empty. */
  private static final byte[] END = {};

  private static final byte[] COMMENT = Wire.ascii(": \n\n");

  private final FrontConnection connection;
  private final ChannelHandlerContext ctx;
  private final EventLoop loop;
  private final HttpFrontOptions options;
  private final boolean http10;
  private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  private volatile boolean gone;
  private volatile boolean streaming;
  private volatile @Nullable Thread waiting;
  private volatile int status;
  private volatile Headers headers = Headers.NONE;

  // The event loop's.
  private boolean keepAlive;
  private boolean headWritten;
  private boolean ended;
  private boolean writing;
  private byte @Nullable [] part;
  private int at;
  private long wroteAt;

  AnswerWriter(
      FrontConnection connection, HttpFrontOptions options, boolean keepAlive, boolean http10) {
    this.connection = connection;
    this.options = options;
    this.keepAlive = keepAlive;
    this.http10 = http10;
    ctx = connection.context();
    loop = ctx.channel().eventLoop();
  }

  void answer(int status, Headers headers, byte[] body) throws IOException {
    this.status = status;
    this.headers = headers;
    options.budget.add(body.length);
    execute(() -> writeAnswer(body), body.length);
  }

  /**
   * Starts a stream.
   *
   * @param atOnce whether the head is to be sent before there is an event
   */
  void stream(int status, Headers headers, boolean atOnce) throws IOException {
    this.status = status;
    this.headers = headers;
    streaming = true;
    if (atOnce) {
      schedule();
    }
  }

  void send(byte[] wire) throws IOException {
    if (!streaming) {
      throw new IllegalStateException("there is no stream");
    }
    awaitRoom();
    put(wire);
  }

  void end() throws IOException {
    if (!streaming) {
      throw new IllegalStateException("there is no stream");
    }
    put(END);
  }

  /** Ends the connection: the answer cannot be finished. */
  void abort() {
    try {
      execute(connection::abort, 0);
    } catch (IOException e) {
      // Then it is closed already.
      gone = true;
    }
  }

  private void put(byte[] part) throws IOException {
    queued.addAndGet(part.length);
    options.budget.add(part.length);
    queue.add(part);
    schedule();
  }

  private void schedule() throws IOException {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      execute(this::writeQueued, 0);
    }
  }

  private void execute(Runnable task, long bytes) throws IOException {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      options.budget.giveBack(bytes);
      throw new IOException("The gateway is closing.", e);
    }
  }

  private boolean hasRoom() {
    return queued.get() < QUEUED_MAX && ctx.channel().isWritable();
  }

  private void awaitRoom() throws IOException {
    if (hasRoom()) {
      return;
    }
    long until = System.nanoTime() + options.writeTime.toNanos();
    waiting = Thread.currentThread();
    try {
      while (!gone && !hasRoom()) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          abort();
          throw new IOException("The client reads too slowly.");
        }
        if (Thread.interrupted()) {
          throw new InterruptedIOException("Interrupted while the client was too slow.");
        }
        LockSupport.parkNanos(this, left);
      }
    } finally {
      waiting = null;
    }
    if (gone) {
      throw new IOException("The client is gone.");
    }
  }

  // What follows is the event loop's.

  private void writeAnswer(byte[] body) {
    if (!ctx.channel().isActive()) {
      options.budget.giveBack(body.length);
      return;
    }
    boolean together = body.length <= SLICE;
    ByteBuf out = ctx.alloc().directBuffer(HEAD_BYTES + (together ? body.length : 0));
    keepAlive &= !connection.isLast();
    AnswerHead.plain(out, status, headers, body.length, keepAlive, http10);
    headWritten = true;
    if (together) {
      var _ = ctx.writeAndFlush(out.writeBytes(body), ctx.voidPromise());
      options.budget.giveBack(body.length);
      finish();
    } else {
      var _ = ctx.write(out, ctx.voidPromise());
      queued.addAndGet(body.length);
      queue.add(body);
      queue.add(END);
      writeQueued();
    }
  }

  /** Writes what is there, as far as the client reads; what is behind a slice stays on the heap. */
  private void writeQueued() {
    scheduled.set(false);
    if (ended || !ctx.channel().isActive()) {
      dropQueued();
      return;
    }
    writing = true;
    do {
      writeSlice();
    } while (!ended && (part != null || !queue.isEmpty()) && ctx.channel().isWritable());
    writing = false;
    wake();
  }

  private void writeSlice() {
    ByteBuf out = ctx.alloc().directBuffer((int) Math.min(queued.get() + HEAD_BYTES, SLICE));
    if (!headWritten) {
      headWritten = true;
      keepAlive &= !connection.isLast() && !http10;
      AnswerHead.stream(out, status, headers, keepAlive, http10);
    }
    long taken = 0;
    boolean chunked = streaming && !http10;
    boolean last = false;
    while (!last && taken < SLICE) {
      byte[] next = part == null ? queue.poll() : part;
      if (next == null) {
        break;
      }
      if (taken > 0 && next.length - at > SLICE - taken) {
        // An event is cut only if it is larger than a slice.
        part = next;
        break;
      }
      last = next.length == 0;
      int length = (int) Math.min(next.length - at, SLICE - taken);
      if (chunked) {
        Wire.chunk(out, next, at, length);
      } else {
        out.writeBytes(next, at, length);
      }
      taken += length;
      at += length;
      part = at < next.length ? next : null;
      at = part == null ? 0 : at;
    }
    if (last && chunked) {
      Wire.lastChunk(out);
    }
    flush(out, taken);
    if (last) {
      finish();
    }
  }

  private void flush(ByteBuf out, long taken) {
    wroteAt = System.nanoTime();
    queued.addAndGet(-taken);
    if (out.isReadable()) {
      ctx.writeAndFlush(out).addListener(written -> options.budget.giveBack(taken));
    } else {
      out.release();
    }
  }

  private void finish() {
    ended = true;
    connection.answered(keepAlive);
  }

  private void dropQueued() {
    long taken = part == null ? 0 : part.length - at;
    part = null;
    for (byte[] next = queue.poll(); next != null; next = queue.poll()) {
      taken += next.length;
    }
    queued.addAndGet(-taken);
    options.budget.giveBack(taken);
  }

  private void wake() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  void writable() {
    if (writing) {
      return; // to the loop that looks after it
    }
    if (part != null || !queue.isEmpty()) {
      writeQueued();
    } else {
      wake();
    }
  }

  void gone() {
    gone = true;
    dropQueued();
    wake();
  }

  void closeAfterwards() {
    keepAlive = false;
  }

  /** Sends a head that has waited for an event, and a comment where it is quiet. */
  void tick(long now) {
    if (!streaming || ended) {
      return;
    }
    if (!headWritten) {
      writeQueued();
    } else if (part == null
        && now - wroteAt > options.commentTime.toNanos()
        && ctx.channel().isWritable()) {
      ByteBuf out = ctx.alloc().directBuffer(16);
      if (http10) {
        out.writeBytes(COMMENT);
      } else {
        Wire.chunk(out, COMMENT, 0, COMMENT.length);
      }
      wroteAt = now;
      var _ = ctx.writeAndFlush(out, ctx.voidPromise());
    }
  }
}
