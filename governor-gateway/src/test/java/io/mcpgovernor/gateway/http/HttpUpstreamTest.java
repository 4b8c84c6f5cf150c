package io.mcpgovernor.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.Caller;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.Verb;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HttpUpstreamTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}}";
  private static final String STREAM =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
  private static final Duration LONG = Duration.ofSeconds(20);

  private final EventLoops loops = EventLoops.start(1);
  private final ByteBudget budget = new ByteBudget(1 << 21);
  private @Nullable RawServer server;
  private @Nullable HttpUpstream upstream;

  @AfterEach
  void end() throws Exception {
    if (upstream != null) {
      upstream.close();
    }
    loops.close();
    if (server != null) {
      server.close();
    }
  }

  private HttpUpstream upstream(UnaryOperator<HttpUpstreamOptions> how, RawServer.Script script)
      throws Exception {
    server = new RawServer(script);
    return upstream(server.uri(), how);
  }

  private HttpUpstream upstream(URI uri, UnaryOperator<HttpUpstreamOptions> how) {
    upstream = new HttpUpstream(how.apply(new HttpUpstreamOptions(uri, loops, budget)));
    return upstream;
  }

  private HttpUpstream upstream(RawServer.Script script) throws Exception {
    return upstream(options -> options, script);
  }

  private static UpstreamRequest request(Verb verb, Headers headers, Duration patience) {
    try {
      return new UpstreamRequest(
          verb,
          headers,
          verb == Verb.POST
              ? Message.ofClient(CALL.getBytes(UTF_8), new MessageBounds(1 << 20, 64))
              : null,
          new Caller(Principal.verified("alice"), ""),
          patience);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static UpstreamRequest call() {
    return request(Verb.POST, Headers.NONE, LONG);
  }

  private UpstreamException failure(UpstreamRequest request) {
    UpstreamException failure =
        catchThrowableOfType(UpstreamException.class, () -> upstream.send(request).close());
    assertThat(failure).isNotNull();
    assertThat(failure.reason()).endsWith(".").doesNotContain("127.0.0.1");
    assertThat(failure.suggestion()).endsWith(".");
    return failure;
  }

  private static String text(@Nullable SseEvent event) {
    return event == null ? "<end>" : new String(event.data(), UTF_8);
  }

  private void assertAnswer(String expected) throws Exception {
    try (UpstreamReply reply = upstream.send(call())) {
      assertThat(reply.isStream()).isFalse();
      assertThat(text(reply.next())).isEqualTo(expected);
      assertThat(reply.next()).isNull();
    }
    assertThat(budget.used()).isZero();
  }

  // What is sent.

  @Test
  void ofTheClientOnlyTheHeadersOfMcpAreSent() throws Exception {
    upstream(o -> o.bearer(() -> "secret"), (connection, request) -> connection.json(200, "{}"));
    Headers headers =
        new Headers(
            Map.of(
                "Mcp-Session-Id", "s",
                "mcp-protocol-version", "2026-07-28",
                "mcp-method", "tools/call",
                "mcp-name", "a",
                "mcp-param-region", "eu",
                "last-event-id", "7",
                "authorization", "Bearer theirs",
                "cookie", "c=d",
                "content-type", "text/plain",
                "x-forwarded-for", "1.2.3.4"));
    for (Verb verb : Verb.values()) {
      upstream.send(request(verb, headers, LONG)).close();
    }
    assertThat(server.requests().get(0).head().split("\r\n"))
        .startsWith("POST /mcp HTTP/1.1")
        .contains("mcp-session-id: s", "mcp-param-region: eu", "last-event-id: 7")
        .contains("authorization: Bearer secret", "content-type: application/json")
        .contains("accept: application/json, text/event-stream")
        .noneMatch(line -> line.matches(".*(theirs|cookie|text/plain|forwarded|encoding).*"));
    assertThat(server.requests().get(1).head())
        .startsWith("GET /mcp HTTP/1.1")
        .contains("accept: text/event-stream\r\n")
        .doesNotContain("content-");
    assertThat(server.requests().get(2).head()).startsWith("DELETE /mcp HTTP/1.1");
  }

  @Test
  void aTokenThatCannotBeHadOrSentIsSaidSoWithoutItsText() throws Exception {
    upstream(o -> o.bearer(() -> "a\r\nx: y"), (connection, request) -> connection.json(200, "{}"));
    UpstreamException split = failure(call());
    assertThat(split.reached()).isEqualTo(Reached.NO);
    assertThat(split.reason()).doesNotContain("x: y");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void valuesThatWouldBeTwoHeadersAreNotSent() throws Exception {
    upstream((connection, request) -> connection.json(200, "{}"));
    Headers split = new Headers(Map.of("mcp-name", "a\r\nx: y"));
    assertThatThrownBy(() -> upstream.send(request(Verb.POST, split, LONG)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }

  // What is answered.

  @Test
  void bodiesComeWithTheirLengthInChunksAndUntilTheEnd() throws Exception {
    upstream(
        (connection, request) -> {
          switch (server.requests().size()) {
            case 1 -> connection.json(200, "[1]");
            case 2 -> {
              connection.write(
                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
                      + "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
              connection.chunk("[");
              connection.chunk("2]");
              connection.write("0\r\n\r\n");
            }
            default -> {
              connection.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[3]");
              connection.close();
            }
          }
        });
    assertAnswer("[1]");
    assertAnswer("[2]");
    assertAnswer("[3]");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void largeBodiesComeWholeAndTheBudgetIsGivenBack() throws Exception {
    String large = "[" + "1".repeat(400_000) + "]";
    upstream(
        (connection, request) -> {
          if (server.requests().size() == 1) {
            connection.json(200, large);
          } else {
            connection.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            connection.chunk(large.substring(0, 200_000));
            connection.chunk(large.substring(200_000));
            connection.write("0\r\n\r\n");
          }
        });
    assertAnswer(large);
    assertAnswer(large);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 500})
  void whatServersSayAboutRequestsIsReturnedAsItCame(int status) throws Exception {
    upstream((connection, request) -> connection.json(status, "{\"a\":1}"));
    try (UpstreamReply reply = upstream.send(call())) {
      assertThat(reply.status()).isEqualTo(status);
      assertThat(text(reply.next())).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void acceptedHasNoBody() throws Exception {
    upstream(
        (connection, request) ->
            connection.write(
                server.requests().size() == 1
                    ? "HTTP/1.1 202 Accepted\r\nmcp-session-id: s\r\nset-cookie: c\r\n"
                        + "content-length: 0\r\n\r\n"
                    : "HTTP/1.1 204 No Content\r\n\r\n"));
    try (UpstreamReply reply = upstream.send(call())) {
      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.headers().all()).isEqualTo(Map.of("mcp-session-id", "s"));
      assertThat(reply.next()).isNull();
    }
    try (UpstreamReply reply = upstream.send(call())) {
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.next()).isNull();
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    upstream(
        (connection, request) ->
            connection.write(
                "HTTP/1.1 307 Temporary Redirect\r\nlocation: "
                    + server.uri()
                    + "x\r\n"
                    + "content-length: 0\r\n\r\n"));
    assertThat(failure(call()).reason()).contains("redirect (307)");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whoIsToComeBackLaterIsToldWhen() throws Exception {
    upstream(
        (connection, request) ->
            connection.write(
                switch (server.requests().size()) {
                  case 1 -> "HTTP/1.1 429 Too Many\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n";
                  case 2 -> "HTTP/1.1 503 Later\r\nretry-after: 8\r\ncontent-length: 0\r\n\r\n";
                  default -> "HTTP/1.1 503 Later\r\ncontent-length: 3\r\n\r\nabc";
                }));
    UpstreamException tooMany = failure(call());
    assertThat(tooMany.reached()).isEqualTo(Reached.NO);
    assertThat(tooMany.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    UpstreamException unavailable = failure(call());
    assertThat(unavailable.reached()).isEqualTo(Reached.UNKNOWN);
    assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(8));
    assertThat(failure(call()).retryAfter()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.7\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} ",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>",
      })
  void garbageIsSaidSoAndMayHaveBeenDone(String answer) throws Exception {
    upstream(
        (connection, request) -> {
          connection.write(answer);
          connection.awaitClose();
        });
    UpstreamException failure = failure(call());
    assertThat(failure.reason()).isEqualTo("The server's answer cannot be read.");
    assertThat(failure.reached()).isEqualTo(Reached.UNKNOWN);
    assertThat(budget.used()).isZero();
  }

  @Test
  void answersOverTheBoundAreRefused() throws Exception {
    upstream(
        o -> o.answerBytesMax(1_000),
        (connection, request) -> {
          switch (server.requests().size()) {
            case 1 -> connection.json(200, "1".repeat(1_000));
            case 2 -> connection.json(200, "1".repeat(1_001));
            case 3 -> {
              connection.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
              connection.chunk("1".repeat(1_001));
              connection.awaitClose();
            }
            default -> {
              connection.write(STREAM);
              connection.chunk("data: 1\n\ndata: " + "1".repeat(1_001));
              connection.awaitClose();
            }
          }
        });
    assertAnswer("1".repeat(1_000));
    assertThat(failure(call()).reason()).contains("larger than 1000 bytes");
    assertThat(failure(call()).reason()).contains("larger than 1000 bytes");
    try (UpstreamReply reply = upstream.send(call())) {
      assertThat(text(reply.next())).isEqualTo("1");
      assertThatThrownBy(reply::next).hasMessageContaining("larger than 1000 bytes");
    }
    assertThat(budget.used()).isZero();
  }

  // Servers that go away.

  @Test
  void aServerThatIsNotThereHasNotBeenReached() throws Exception {
    try (ServerSocket closed = new ServerSocket(0)) {
      upstream(URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/mcp"), o -> o);
    }
    UpstreamException failure = failure(call());
    assertThat(failure.reached()).isEqualTo(Reached.NO);
    assertThat(failure.reason()).isEqualTo("The server cannot be reached.");
    upstream(URI.create("http://no-such-host.invalid/mcp"), o -> o);
    assertThat(failure(call()).reached()).isEqualTo(Reached.NO);
  }

  @Test
  void aServerThatGoesAwayWithoutAnAnswerIsNotAskedAgain() throws Exception {
    upstream(
        (connection, request) -> {
          if (server.requests().size() == 2) {
            connection.close();
          } else {
            connection.json(200, "{}");
          }
        });
    assertAnswer("{}");
    UpstreamException failure = failure(call());
    assertThat(failure.reached()).isEqualTo(Reached.UNKNOWN);
    assertThat(failure.reason()).isEqualTo("The server went away without an answer.");
    assertThat(server.requests()).hasSize(2);
    assertAnswer("{}");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aServerThatGoesAwayInTheMiddleIsSaidSo() throws Exception {
    upstream(
        (connection, request) -> {
          switch (server.requests().size()) {
            case 1 -> connection.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}");
            case 2 -> {
              connection.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
              connection.chunk("{}");
            }
            default -> {
              connection.write(STREAM);
              connection.chunk("data: 1\n\ndata: 2");
            }
          }
          connection.close();
        });
    for (int i = 0; i < 2; i++) {
      UpstreamException failure = failure(call());
      assertThat(failure.reached()).isEqualTo(Reached.UNKNOWN);
      assertThat(failure.reason()).contains("in the middle of its answer");
    }
    try (UpstreamReply reply = upstream.send(call())) {
      assertThat(text(reply.next())).isEqualTo("1");
      assertThatThrownBy(reply::next).hasMessageContaining("in the middle of its answer");
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void aPooledConnectionThatTheServerClosedIsNotUsed() throws Exception {
    upstream((connection, request) -> connection.json(200, "{}"));
    for (int i = 1; i <= 20; i++) {
      assertAnswer("{}");
      server.closeConnections();
      assertThat(server.connections()).isEqualTo(i);
    }
  }

  @Test
  void aPooledConnectionOnWhichTheServerSpeaksUnaskedIsNotUsed() throws Exception {
    upstream(
        (connection, request) ->
            connection.write(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]"
                    + "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n[evil]"));
    assertAnswer("[]");
    assertAnswer("[]");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void connectionsAreClosedWhereTheServerSaysSoAndWhenNobodyUsesThem() throws Exception {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    upstream(
        o -> o.idleTime(Duration.ofMillis(100)),
        (connection, request) -> {
          if (server.requests().size() == 1) {
            connection.write("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}");
          } else {
            connection.json(200, "{}");
            connection.awaitClose();
            closed.complete(true);
          }
        });
    assertAnswer("{}");
    assertAnswer("{}");
    assertThat(server.connections()).isEqualTo(2);
    assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
  }

  // Time.

  @Test
  void whoDoesNotAnswerInTimeMayStillHaveDoneIt() throws Exception {
    upstream((connection, request) -> connection.awaitClose());
    UpstreamException failure = failure(request(Verb.POST, Headers.NONE, Duration.ofMillis(200)));
    assertThat(failure.reached()).isEqualTo(Reached.UNKNOWN);
    assertThat(failure.reason()).isEqualTo("The server did not answer within 200 ms.");
  }

  @Test
  void ofAStreamEachEventHasItsTimeAndWhoListensWaitsForEver() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    upstream(
        (connection, request) -> {
          connection.write(STREAM);
          connection.chunk("data: 1\n\n");
          if (request.head().startsWith("GET")) {
            go.await();
            connection.chunk("data: 2\n\n");
          }
          connection.awaitClose();
        });
    Duration patience = Duration.ofSeconds(2);
    try (UpstreamReply listening = upstream.send(request(Verb.GET, Headers.NONE, patience))) {
      assertThat(text(listening.next())).isEqualTo("1");
      try (UpstreamReply reply = upstream.send(request(Verb.POST, Headers.NONE, patience))) {
        assertThat(text(reply.next())).isEqualTo("1");
        assertThatThrownBy(reply::next).hasMessageContaining("within 2 s");
      }
      // The other's time has run out long ago.
      go.countDown();
      assertThat(text(listening.next())).isEqualTo("2");
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void noMoreRequestsAtOnceThanItMayHave() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    upstream(
        o -> o.requestsMax(1),
        (connection, request) -> {
          go.await();
          connection.json(200, "{}");
        });
    CompletableFuture<UpstreamReply> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return upstream.send(call());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    while (server.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    UpstreamException busy = failure(request(Verb.POST, Headers.NONE, Duration.ofMillis(100)));
    assertThat(busy.reached()).isEqualTo(Reached.NO);
    assertThat(busy.retryAfter()).isNotNull();
    go.countDown();
    first.get().close();
    assertAnswer("{}");
  }

  // Streams.

  @Test
  void nothingIsReadAheadOfWhoReads() throws Exception {
    Semaphore written = new Semaphore(0);
    String event = "data: " + "1".repeat(9_992) + "\n\n";
    int events = 2_000;
    upstream(
        (connection, request) -> {
          connection.write(STREAM);
          for (int i = 0; i < events; i++) {
            connection.chunk(event);
            written.release();
          }
          connection.write("0\r\n\r\n");
        });
    try (UpstreamReply reply = upstream.send(call())) {
      reply.next();
      // It blocks before 20 MB: after what sockets hold.
      Thread.sleep(300);
      assertThat(written.availablePermits()).isLessThan(events - 1);
      assertThat(budget.used()).isLessThan(200_000);
      for (int i = 1; i < events; i++) {
        assertThat(reply.next().data()).hasSize(9_992);
      }
      assertThat(reply.next()).isNull();
    }
    assertThat(budget.used()).isZero();
    upstream.send(call()).close();
  }

  @Test
  void lettingGoOfAStreamClosesItsConnectionAndWakesWhoReads() throws Exception {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    upstream(
        (connection, request) -> {
          connection.write(STREAM);
          connection.awaitClose();
          closed.complete(true);
        });
    UpstreamReply reply = upstream.send(call());
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            reply.next();
          } catch (Exception e) {
            failed.complete(e);
          }
        });
    reply.close();
    assertThat(closed.get()).isTrue();
    assertThat(failed.get()).isInstanceOf(UpstreamException.class);
  }

  @Test
  void whoIsInterruptedLetsGo() throws Exception {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    upstream(
        o -> o.requestsMax(1),
        (connection, request) -> {
          if (server.requests().size() == 1) {
            asked.countDown();
            connection.awaitClose();
            closed.complete(true);
          } else {
            connection.json(200, "{}");
          }
        });
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    Thread asking =
        Thread.startVirtualThread(
            () -> {
              try {
                upstream.send(call());
              } catch (Exception e) {
                failed.complete(e);
              }
            });
    asked.await();
    asking.interrupt();
    assertThat(failed.get()).isInstanceOf(InterruptedException.class);
    assertThat(closed.get()).isTrue();
    assertAnswer("{}");
  }

  // Memory.

  @Test
  void anAnswerWaitsForRoomAndIsReadWhenThereIsSome() throws Exception {
    String large = "[" + "1".repeat(600_000) + "]";
    upstream((connection, request) -> connection.json(200, large));
    UpstreamReply first = upstream.send(call());
    assertThat(budget.used()).isEqualTo(600_002);
    CompletableFuture<UpstreamReply> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return upstream.send(call());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    while (server.requests().size() < 2) {
      Thread.onSpinWait();
    }
    assertThat(failure(request(Verb.POST, Headers.NONE, Duration.ofSeconds(2))).reason())
        .contains("memory");
    assertThat(second).isNotDone();
    first.close();
    try (UpstreamReply reply = second.get()) {
      assertThat(text(reply.next())).isEqualTo(large);
    }
    assertThat(budget.used()).isZero();
  }

  // The breaker.

  @Test
  void aServerThatFailsAgainAndAgainIsLeftAloneForAWhile() throws Exception {
    upstream(
        o -> o.failuresMax(3).pause(Duration.ofSeconds(3)),
        (connection, request) -> {
          if (server.requests().size() <= 3) {
            connection.json(server.requests().size() == 2 ? 500 : 502, "{}");
          } else {
            connection.json(200, "{}");
          }
        });
    for (int i = 0; i < 3; i++) {
      upstream.send(call()).close();
    }
    UpstreamException open = failure(call());
    assertThat(open.reached()).isEqualTo(Reached.NO);
    assertThat(open.reason()).contains("3 times in a row");
    assertThat(open.retryAfter()).isNotNull();
    assertThat(server.requests()).hasSize(3);
    while (server.requests().size() == 3) {
      try {
        upstream.send(call()).close();
      } catch (UpstreamException e) {
        assertThat(e.reached()).isEqualTo(Reached.NO);
      }
    }
    assertAnswer("{}");
  }

  /** A call that failed is cancelled, and that the notification is taken proves nothing. */
  @Test
  void notificationsThatAreTakenDoNotMakeUpForRequestsThatFail() throws Exception {
    upstream(
        o -> o.failuresMax(3).pause(Duration.ofSeconds(30)),
        (connection, request) ->
            connection.json(server.requests().size() % 2 == 0 ? 202 : 500, "{}"));
    for (int i = 0; i < 5; i++) {
      upstream.send(call()).close();
    }
    assertThat(failure(call()).reason()).contains("3 times in a row");
  }
}
