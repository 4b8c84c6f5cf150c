package io.mcpgovernor.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes its requests one after the other, hands each to its endpoint on a
 * thread of its own, and keeps the limits of time. Used by one event loop.
 */
final class FrontConnection extends ChannelInboundHandlerAdapter implements LoopClock.Timed {
  private enum State {
    /** Between requests, or in the head of one. */
    READY,
    /** In the body of a request that is wanted. */
    BODY,
    /** In the body of a request that is answered already. */
    SKIP,
    /** A request is being answered. */
    EXCHANGE,
    /** The last answer is on its way; what still comes is not looked at. */
    CLOSING
  }

  private static final Logger LOG = LoggerFactory.getLogger(FrontConnection.class);
  private static final byte[] CONTINUE = Wire.ascii("HTTP/1.1 100 Continue\r\n\r\n");

  /** Requests sent ahead of answers: as many parts are kept, which no client of MCP comes near. */
  private static final int AHEAD_MAX = 64;

  /** So that a client that is still sending gets to see why we stopped reading. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final HttpFront front;
  private final HttpFrontOptions options;
  private final StrictRequestDecoder decoder;
  private final StalledWrites stalled = new StalledWrites();
  private final Queue<Object> ahead = new ArrayDeque<>();

  @SuppressWarnings("NullAway.Init") // Set when the handler is added, before anything else.
  private ChannelHandlerContext ctx;

  private State state = State.READY;
  private boolean headBegun;
  private long deadline;
  private @Nullable HttpRequest request;
  private RequestCheck.@Nullable Admitted admitted;
  private @Nullable RequestBody body;
  private @Nullable FrontExchange exchange;
  private boolean skippedCloses;

  FrontConnection(HttpFront front, HttpFrontOptions options) {
    this.front = front;
    this.options = options;
    decoder =
        new StrictRequestDecoder(
            StrictRequestDecoder.config(options.urlMax, options.headerBytesMax), this::bytesCame);
  }

  StrictRequestDecoder decoder() {
    return decoder;
  }

  ChannelHandlerContext context() {
    return ctx;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    deadline = System.nanoTime() + options.headTime.toNanos();
    options.loops.clock(ctx.channel().eventLoop()).watch(this);
    if (!front.opened(this)) {
      respond(Refusal.busy("The gateway has as many connections as it may have."), true, true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state = State.CLOSING;
    options.loops.clock(ctx.channel().eventLoop()).forget(this);
    releaseAhead();
    endBody();
    FrontExchange running = exchange;
    exchange = null;
    if (running != null) {
      running.gone();
    }
    front.closed(this);
  }

  /** Before the decoder looks at them. */
  private void bytesCame() {
    if (state == State.READY && !headBegun) {
      beginHead();
    }
  }

  private void beginHead() {
    headBegun = true;
    deadline = System.nanoTime() + options.headTime.toNanos();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == State.EXCHANGE) {
      keep(message);
    } else {
      take(message);
    }
  }

  private void keep(Object message) {
    boolean isSmall =
        !(message instanceof HttpContent content) || content.content().readableBytes() < 65_536;
    if (ahead.size() < AHEAD_MAX && isSmall) {
      ahead.add(message);
    } else {
      // Closing after an answer is what HTTP allows instead of answering the rest.
      ReferenceCountUtil.release(message);
      if (exchange != null) {
        exchange.closeAfterwards();
      }
    }
  }

  private void take(Object message) {
    try {
      if (message instanceof HttpRequest head) {
        begin(head);
      }
      if (message instanceof HttpContent content) {
        read(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest head) {
    if (state != State.READY) {
      return;
    }
    headBegun = false;
    request = head;
    switch (front.check().check(head)) {
      case RequestCheck.Rejected rejected -> respond(rejected.refusal(), rejected.unread(), false);
      case RequestCheck.Told told ->
          respond(200, Map.of(), told.body().utf8(), told.unread(), false);
      case RequestCheck.Admitted wanted -> admit(head, wanted);
    }
  }

  private void admit(HttpRequest head, RequestCheck.Admitted wanted) {
    Authenticator.Refused refused = options.authenticator.refusedAtSight(credentials(head));
    if (refused != null) {
      respond(front.check().refusal(refused, head), wanted.unread(), false);
      return;
    }
    RequestBody room = new RequestBody(options.budget, wanted.length(), options.bodyBytesMax);
    if (!front.begin(wanted.verb())) {
      respond(
          Refusal.busy("The gateway has as many requests as it can work on."),
          wanted.unread(),
          false);
      return;
    }
    admitted = wanted;
    body = room;
    if (!room.reserve()) {
      respond(
          Refusal.busy("The gateway holds as much as it has memory for."), wanted.unread(), false);
      return;
    }
    state = State.BODY;
    deadline = System.nanoTime() + options.bodyTime.toNanos();
    if (HttpUtil.is100ContinueExpected(head)) {
      var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
    }
  }

  private ShownCredentials credentials(HttpRequest head) {
    return new ShownCredentials(head, tls());
  }

  private @Nullable SslHandler tls() {
    return ctx.pipeline().get(SslHandler.class);
  }

  private void read(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (state == State.SKIP) {
      if (content.decoderResult().isFailure()) {
        closeGently();
      } else if (last) {
        endOfAnswer(!skippedCloses);
      }
      return;
    }
    if (state != State.BODY || body == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      respond(
          Refusal.of(400, "The body of the request is not HTTP as RFC 9112 wants it."),
          true,
          false);
      return;
    }
    switch (body.add(content.content())) {
      case TOO_LARGE -> respond(front.check().tooLarge(), true, false);
      case NO_ROOM ->
          respond(Refusal.busy("The gateway holds as much as it has memory for."), true, false);
      case OK -> {
        if (last) {
          start();
        }
      }
    }
  }

  private void start() {
    if (request == null || admitted == null || body == null) {
      throw new IllegalStateException("a body without a head");
    }
    FrontExchange started =
        new FrontExchange(
            front, this, options, credentials(request), admitted, body.bytes(), body.taken());
    request = null;
    admitted = null;
    body = null;
    state = State.EXCHANGE;
    exchange = started;
    Thread.startVirtualThread(started);
  }

  /** Gives back what a body that comes to nothing has taken. */
  private void endBody() {
    if (body != null) {
      options.budget.giveBackOfRequest(body.taken());
      body = null;
    }
    if (admitted != null) {
      front.leavePlace(admitted.verb());
      front.finished();
      admitted = null;
    }
  }

  /**
   * Answers without an endpoint.
   *
   * @param unread whether the rest of what comes is not to be read
   * @param unasked whether there is no request
   */
  private void respond(Refusal refusal, boolean unread, boolean unasked) {
    respond(refusal.status(), refusal.headers(), refusal.body(), unread, unasked);
  }

  private void respond(
      int status, Map<String, String> headers, byte[] text, boolean unread, boolean unasked) {
    endBody();
    boolean keepAlive = !unread && request != null && HttpUtil.isKeepAlive(request);
    boolean withBody = request == null || !request.method().equals(HttpMethod.HEAD);
    ByteBuf out = ctx.alloc().directBuffer(512 + text.length);
    AnswerHead.json(out, status, headers, text.length, keepAlive);
    if (withBody) {
      out.writeBytes(text);
    }
    request = null;
    var _ = ctx.writeAndFlush(out);
    if (unread || unasked) {
      closeGently();
    } else {
      // The end of its body is still to come, if only by name.
      skippedCloses = !keepAlive;
      state = State.SKIP;
      deadline = System.nanoTime() + options.bodyTime.toNanos();
    }
  }

  /** The exchange has written all of its answer. */
  void answered(boolean keepAlive) {
    if (exchange != null) {
      exchange.leavePlace();
      exchange = null;
    }
    endOfAnswer(keepAlive && !front.isClosing());
  }

  private void endOfAnswer(boolean keepAlive) {
    if (!keepAlive || state == State.CLOSING) {
      state = State.CLOSING;
      deadline = System.nanoTime() + options.writeTime.toNanos();
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    state = State.READY;
    deadline = System.nanoTime() + options.idleTime.toNanos();
    while (state != State.EXCHANGE && !ahead.isEmpty()) {
      take(ahead.remove());
    }
    if (state == State.READY && !headBegun && decoder.hasMore()) {
      beginHead();
    }
  }

  /** Ends the connection after what is written, without losing it to a reset. */
  private void closeGently() {
    state = State.CLOSING;
    deadline = System.nanoTime() + LINGER.toNanos();
    releaseAhead();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              SslHandler tls = tls();
              var _ =
                  tls == null
                      ? ((DuplexChannel) ctx.channel()).shutdownOutput()
                      : tls.closeOutbound();
            });
  }

  /** Whether no request is to follow. */
  boolean isLast() {
    return front.isClosing();
  }

  /** Ends the connection at once: what was sent so far is not to be taken for all. */
  void abort() {
    var _ = ctx.close();
  }

  /** No more requests: the front closes. */
  void leave() {
    if (state == State.READY && !headBegun) {
      var _ = ctx.close();
    } else if (exchange != null && exchange.isListening()) {
      // It has no end of its own, and its client knows how to come back.
      var _ = ctx.close();
    }
  }

  private void releaseAhead() {
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null && ctx.channel().isWritable()) {
      exchange.writable();
    }
  }

  @Override
  public void tick(long now) {
    if (stalled.areFor(ctx.channel(), now) > options.writeTime.toNanos()) {
      var _ = ctx.close();
      return;
    }
    if (state == State.EXCHANGE) {
      if (exchange != null) {
        exchange.tick(now);
      }
    } else if (now - deadline > 0) {
      late();
    }
  }

  private void late() {
    if (state == State.READY && headBegun) {
      headBegun = false;
      respond(Refusal.of(408, "The head of the request took too long to come."), true, false);
    } else if (state == State.BODY) {
      respond(Refusal.of(408, "The body of the request took too long to come."), true, false);
    } else {
      var _ = ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause.getCause() instanceof SSLException || cause instanceof NotSslRecordException) {
      LOG.debug("A client and the gateway did not agree about TLS: {}", cause.getMessage());
    } else if (!(cause instanceof IOException)) {
      LOG.warn("A connection of a client failed", cause);
    }
    var _ = ctx.close();
  }
}
