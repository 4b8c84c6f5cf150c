package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Verb;
import io.mcpgovernor.gateway.stdio.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client on standard input and output: a line of input is an exchange, and what answers it is a
 * line of output.
 *
 * <p><b>Order.</b> Requests are handed over in the order they came, each to a virtual thread of its
 * own, and are then worked on side by side: clients that want one after the other wait for the
 * first. What needs no answer (notifications, and answers to what the server asked) is worked on in
 * the reader's thread before the next line is read, so that {@code initialized} reaches the server
 * before the request behind it, and no notification overtakes another. Nothing is read while {@code
 * initialize} is answered: a script that writes all its lines at once is understood as it would be
 * by the server itself. {@code cancelled} may still overtake the request it is about, which waits
 * for its record: the process's side remembers those ({@link ChildUpstream}).
 */
public final class StdioFront {
  /** A client that does not wait for the answer of a server that never gives one. */
  private static final Duration INITIALIZE_WAIT = Duration.ofSeconds(30);

  private final InputStream in;
  private final LineWriter out;
  private final Principal principal;
  private final StdioFrontOptions options;
  private final Semaphore places;
  private final Set<StdioExchange> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * A front.
   *
   * @param in what the client writes
   * @param out what the client reads; nobody else may write to it
   * @param principal whose client it is
   */
  public StdioFront(
      InputStream in, OutputStream out, Principal principal, StdioFrontOptions options) {
    this.in = in;
    this.out = new LineWriter(out);
    this.principal = principal;
    this.options = options;
    this.places = new Semaphore(options.requestsMax());
  }

  /**
   * Starts to read. The handler first gets an exchange with {@link Verb#GET}, for what the server
   * says unasked, and then one for each line.
   */
  public void start(Consumer<ClientExchange> handler) {
    var _ = begin(new StdioExchange(this, Verb.GET, new byte[0]), handler, false);
    // Not a virtual thread: it waits in a read that nothing can interrupt.
    Thread.ofPlatform().daemon().name("stdio-front").start(() -> read(handler));
  }

  /**
   * Complete when the client has ended its input and what ran is finished or out of time, when the
   * client no longer reads, or after {@link #close}.
   */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /** Takes no more requests, and lets those that run have this time to finish. Blocks. */
  public void close(Duration grace) {
    closed = true;
    try {
      if (places.tryAcquire(options.requestsMax(), grace.toNanos(), TimeUnit.NANOSECONDS)) {
        places.release(options.requestsMax());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    gone();
  }

  private void read(Consumer<ClientExchange> handler) {
    LineReader lines = new LineReader(in, options.bounds().bytesMax());
    try {
      for (Line line = lines.next(); line != null && !closed; line = lines.next()) {
        if (line.tooLong()) {
          out.write(tooLong());
        } else {
          handOver(line.bytes(), handler);
        }
      }
    } catch (IOException e) {
      // The end, like any other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(options.grace());
  }

  private void handOver(byte[] line, Consumer<ClientExchange> handler) throws InterruptedException {
    StdioExchange exchange = new StdioExchange(this, Verb.POST, line);
    Message message = read(line);
    if (message != null && message.kind() != Message.Kind.REQUEST) {
      open.add(exchange);
      handle(exchange, handler);
      return;
    }
    places.acquire();
    CompletableFuture<Void> done = begin(exchange, handler, true);
    if (message != null && message.method().equals("initialize")) {
      done.completeOnTimeout(null, INITIALIZE_WAIT.toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }

  /** What it is; null for what is none, which the handler answers. */
  private @Nullable Message read(byte[] line) {
    try {
      return Message.ofClient(line, options.bounds());
    } catch (MalformedMessageException e) {
      return null;
    }
  }

  private CompletableFuture<Void> begin(
      StdioExchange exchange, Consumer<ClientExchange> handler, boolean counted) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    open.add(exchange);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                handle(exchange, handler);
              } finally {
                if (counted) {
                  places.release();
                }
                done.complete(null);
              }
            });
    return done;
  }

  private void handle(StdioExchange exchange, Consumer<ClientExchange> handler) {
    try {
      handler.accept(exchange);
    } finally {
      open.remove(exchange);
    }
  }

  private byte[] tooLong() {
    return Message.error(
            null,
            MalformedMessageException.INVALID_REQUEST,
            "A message may have at most "
                + options.bounds().bytesMax()
                + " bytes: this one was not read. Send less at once.",
            null)
        .utf8();
  }

  Principal principal() {
    return principal;
  }

  /** Writes a line for an exchange. */
  void write(byte[] json) throws IOException {
    if (ended.isDone()) {
      throw new IOException("the client is gone");
    }
    try {
      out.write(json);
    } catch (IOException e) {
      gone();
      throw e;
    }
  }

  private void gone() {
    closed = true;
    ended.complete(null);
    open.forEach(StdioExchange::gone);
  }

  boolean isGone() {
    return ended.isDone();
  }
}
