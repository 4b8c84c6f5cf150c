package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.UpstreamState;
import io.mcpgovernor.gateway.relay.Verb;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is reached by Streamable HTTP. Of what the client sent it gets the message and the
 * headers of MCP, nothing else. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports">MCP:
 *     transports</a>
 */
public final class HttpUpstream implements Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(HttpUpstream.class);

  private final HttpUpstreamOptions options;
  private final UpstreamPool pool;
  private final UpstreamWire wire;
  private final Breaker breaker;
  private final Semaphore requests;
  private final Semaphore streams;

  /** A server nobody has connected to yet. */
  public HttpUpstream(HttpUpstreamOptions options) {
    this.options = options;
    UpstreamTarget target = new UpstreamTarget(options);
    pool = new UpstreamPool(target);
    wire = new UpstreamWire(target.authority(), target.path());
    breaker = new Breaker(options.failuresMax, options.pause, System::nanoTime);
    requests = new Semaphore(options.requestsMax, true);
    streams = new Semaphore(options.streamsMax, true);
  }

  @Override
  public UpstreamReply send(UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    PassedHeaders.check(request.headers());
    String token = token();
    Semaphore places = request.verb() == Verb.GET ? streams : requests;
    if (!places.tryAcquire()
        && !places.tryAcquire(request.patience().toNanos(), TimeUnit.NANOSECONDS)) {
      throw UpstreamFailures.busy();
    }
    try {
      breaker.enter();
    } catch (UpstreamException e) {
      places.release();
      throw e;
    }
    return judged(exchange(request, token, places), request);
  }

  private @Nullable String token() throws UpstreamException {
    String token = null;
    boolean usable;
    try {
      token = options.bearer.get();
      usable = token == null || Wire.isHeaderValue(token);
    } catch (RuntimeException e) {
      // Its message may hold what it could not read.
      LOG.warn("The server's token cannot be had ({})", e.getClass().getName());
      usable = false;
    }
    if (!usable) {
      throw new UpstreamException(
          Reached.NO,
          "The gateway has no usable token for the server.",
          "Have the administrator look at the server's bearer in the configuration.",
          null);
    }
    return token == null || token.isEmpty() ? null : token;
  }

  /** Sends it, once; only a connection that was closed before anything was sent is replaced. */
  private UpstreamExchange exchange(
      UpstreamRequest request, @Nullable String token, Semaphore places)
      throws UpstreamException, InterruptedException {
    // Once the exchange is on its way, it gives the place back.
    boolean onItsWay = false;
    try {
      while (true) {
        UpstreamConnection connection = connection();
        boolean reused = connection.isReused();
        UpstreamExchange exchange =
            new UpstreamExchange(
                options, wire, connection, request, token, breaker, places::release);
        onItsWay = connection.execute(exchange);
        if (!onItsWay) {
          throw UpstreamFailures.closed();
        }
        if (isAnswered(exchange)) {
          return exchange;
        }
        onItsWay = false;
        if (!reused) {
          breaker.failed();
          throw UpstreamFailures.unreachable();
        }
      }
    } finally {
      if (!onItsWay) {
        places.release();
      }
    }
  }

  private UpstreamConnection connection() throws UpstreamException, InterruptedException {
    try {
      return pool.take();
    } catch (UpstreamException e) {
      breaker.failed();
      throw e;
    } catch (InterruptedException e) {
      breaker.abandoned();
      throw e;
    }
  }

  private static boolean isAnswered(UpstreamExchange exchange)
      throws UpstreamException, InterruptedException {
    try {
      return exchange.awaitAnswer();
    } catch (InterruptedException e) {
      exchange.close();
      throw e;
    }
  }

  /** What of the answers is one. */
  private UpstreamReply judged(UpstreamExchange exchange, UpstreamRequest request)
      throws UpstreamException {
    int status = exchange.status();
    if (status >= 300 && status < 400) {
      exchange.close();
      throw UpstreamFailures.redirect(status);
    }
    String type = exchange.rawHeader(HttpHeaderNames.CONTENT_TYPE);
    boolean json = type == null || MediaTypes.is(type, MediaTypes.JSON);
    if (status == 429 || status == 503 || (status >= 500 && !json)) {
      Duration retryAfter = RetryAfter.of(exchange.rawHeader(HttpHeaderNames.RETRY_AFTER));
      exchange.close();
      throw UpstreamFailures.status(status, retryAfter);
    }
    if (status < 300 && !exchange.isStream() && exchange.body().length > 0 && !json) {
      exchange.close();
      throw UpstreamFailures.garbage();
    }
    return new HttpReply(exchange, request.verb(), options.answerBytesMax, request.patience());
  }

  @Override
  public UpstreamState state() {
    return breaker.state();
  }

  @Override
  public void close() {
    pool.close();
  }
}
