package io.mcpgovernor.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Verb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HttpFrontTest {
  /** What an endpoint of a test does. */
  @FunctionalInterface
  interface Endpoint {
    void answer(ClientExchange exchange) throws Exception;
  }

  private static final Endpoint ECHO =
      exchange -> exchange.answer(200, Headers.NONE, exchange.body());
  private static final String HOST = "Host: 127.0.0.1\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

  private final EventLoops loops = EventLoops.start(1);
  private final ByteBudget budget = new ByteBudget(1 << 24);
  private @Nullable HttpFront front;

  @AfterEach
  void end() throws Exception {
    if (front != null) {
      front.close(Duration.ZERO);
    }
    loops.close();
  }

  private InetSocketAddress start(UnaryOperator<HttpFrontOptions> how, Endpoint endpoint)
      throws IOException {
    HttpFrontOptions options =
        new HttpFrontOptions(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loops, budget)
            .authenticator(Authenticator.everyone(Principal.verified("alice")));
    front =
        HttpFront.start(
            how.apply(options),
            Map.of(
                "crm",
                exchange -> {
                  try {
                    endpoint.answer(exchange);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
    return front.address();
  }

  private RawClient client(Endpoint endpoint) throws IOException {
    return new RawClient(start(options -> options, endpoint));
  }

  private static String post(String headers, String body) {
    return "POST /crm/mcp HTTP/1.1\r\n" + headers + "\r\n" + body;
  }

  // Who may call.

  @Test
  void nobodyIsLetInUnlessSomethingSaysWhoCalls() throws Exception {
    InetSocketAddress address = start(o -> o.authenticator(Authenticator.nobody()), ECHO);
    try (RawClient client = new RawClient(address)) {
      RawClient.Answer answer = client.post("/crm/mcp", "{}").answer();

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
      assertThat(answer.body()).contains("\"jsonrpc\":\"2.0\"").contains("under identity.");
    }
  }

  @Test
  void theEndpointLearnsWhoCallsAndOnlyHeadersOfMcp() throws Exception {
    Authenticator byKey =
        shown ->
            shown.header("x-key").equals(java.util.List.of("k"))
                ? new Authenticator.Accepted(Principal.verified("bob"))
                : new Authenticator.Refused(401, "", "No \"key\".");
    CompletableFuture<Headers> headers = new CompletableFuture<>();
    InetSocketAddress address =
        start(
            o -> o.authenticator(byKey),
            exchange -> {
              headers.complete(exchange.headers());
              exchange.answer(
                  200,
                  Headers.NONE,
                  ("\"" + exchange.principal().subject() + "\"").getBytes(UTF_8));
            });
    try (RawClient client = new RawClient(address)) {
      client.write(
          post(
              HOST
                  + JSON
                  + "X-Key: k\r\nAuthorization: Bearer t\r\nCookie: c\r\nMcp-Session-Id: s\r\n"
                  + "Mcp-Param-Region: eu\r\nMcp-Other: o\r\nContent-Length: 2\r\n",
              "{}"));

      assertThat(client.answer().body()).isEqualTo("\"bob\"");
      assertThat(headers.get().all())
          .containsOnlyKeys("content-type", "mcp-session-id", "mcp-param-region");
      RawClient.Answer refused = client.post("/crm/mcp", "{}").answer();
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body()).contains("No \\\"key\\\".");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, '', 200",
    "localhost:8090, http://localhost:6274, 200",
    "127.0.0.1:1, https://127.0.0.1, 200",
    "[::1]:8090, http://[::1]:3000, 200",
    "evil.example, '', 403",
    "127.0.0.1.evil.example, '', 403",
    "localhost.evil.example:80, '', 403",
    "localhost, http://evil.example, 403",
    "localhost, http://localhost.evil.example, 403",
    "localhost, http://127.0.0.1.evil.example, 403",
    "localhost, null, 403",
    "localhost, https://good.example, 200",
    "localhost, https://good.example:444, 403",
    "mcp.example, '', 200",
  })
  void onLoopbackHostAndOriginAreLoopbackOrNamed(String host, String origin, int status)
      throws Exception {
    InetSocketAddress address =
        start(
            o ->
                o.allowedHosts(java.util.Set.of("mcp.example"))
                    .allowedOrigins(java.util.Set.of("https://good.example")),
            ECHO);
    try (RawClient client = new RawClient(address)) {
      String from = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
      client.write(post("Host: " + host + "\r\n" + from + JSON + "Content-Length: 2\r\n", "{}"));

      assertThat(client.answer().status()).isEqualTo(status);
    }
  }

  @Test
  void elsewhereAnyHostButOnlyNamedPagesMayCall() throws Exception {
    CallingPlace anywhere =
        new CallingPlace(
            InetAddress.getByName("192.0.2.1"),
            java.util.Set.of(),
            java.util.Set.of("https://good.example"));
    String host = "whatever.example";

    assertThat(anywhere.check(host, java.util.List.of())).isNull();
    assertThat(anywhere.check(host, java.util.List.of("https://good.example"))).isNull();
    assertThat(anywhere.check(host, java.util.List.of("http://localhost"))).isNotNull();
  }

  // What is asked.

  @Test
  void whatIsNotMcpIsRefusedWithASentenceAndTheConnectionGoesOn() throws Exception {
    try (RawClient client = client(ECHO)) {
      assertRefused(client, "GET /none/mcp HTTP/1.1\r\n" + HOST + "\r\n", 404);
      assertRefused(client, "GET /crm/mcp/ HTTP/1.1\r\n" + HOST + "\r\n", 404);
      assertRefused(client, "GET http://localhost/crm/mcp HTTP/1.1\r\n" + HOST + "\r\n", 404);
      RawClient.Answer put =
          assertRefused(
              client, "PUT /crm/mcp HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\n{}", 405);
      assertThat(put.header("allow")).isEqualTo("POST, GET, DELETE");
      assertRefused(client, post(HOST + "Content-Length: 2\r\n", "{}"), 415);
      assertRefused(
          client, post(HOST + "Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}"), 415);
      assertRefused(
          client, post(HOST + JSON + "Accept: text/html\r\nContent-Length: 2\r\n", "{}"), 406);
      assertRefused(
          client, "GET /crm/mcp HTTP/1.1\r\n" + HOST + "Accept: application/json\r\n\r\n", 406);
      assertRefused(
          client,
          post(HOST + JSON + "Mcp-Method: a\r\nMcp-Method: b\r\nContent-Length: 2\r\n", "{}"),
          400);
      assertThat(client.post("/crm/mcp?x=y", "{}").answer().status()).isEqualTo(200);
    }
  }

  private static RawClient.Answer assertRefused(RawClient client, String request, int status)
      throws IOException {
    RawClient.Answer answer = client.write(request).answer();
    assertThat(answer.status()).as(request).isEqualTo(status);
    assertThat(answer.body()).matches("\\{\"jsonrpc\":\"2.0\",.*\"message\":\"[A-Z].*\\.\"}}");
    return answer;
  }

  @Test
  void anAnswerToHeadHasNoBody() throws Exception {
    try (RawClient client = client(ECHO)) {
      client.write("HEAD /crm/mcp HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 405 ");
      assertThat(client.post("/crm/mcp", "{}").answer().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 2\r\nContent-Length: 2\r\n",
        "Content-Length: 2, 2\r\n",
        "Content-Length: +2\r\n",
        "Content-Length: -2\r\n",
        "Content-Length: 0x2\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Content-Length : 2\r\n",
        "X\u0000: a\r\nContent-Length: 2\r\n",
        "X: a\u0000b\r\nContent-Length: 2\r\n",
        "X: a\rContent-Length: 2\r\n",
        "no colon\r\nContent-Length: 2\r\n",
        "Host: localhost\r\nContent-Length: 2\r\n",
      })
  void whatTwoReadersCouldCutDifferentlyIsRefusedAndNothingOfItReadAsARequest(String headers)
      throws Exception {
    try (RawClient client =
        client(
            exchange -> {
              throw new AssertionError("reached the endpoint");
            })) {
      client.write(post(HOST + JSON + headers, "{}POST /crm/mcp HTTP/1.1\r\n" + HOST + "\r\n"));

      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "2 2\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}XX0\r\n\r\n",
        "2\n{}\n0\n\n",
        "2;a\nb\r\n{}\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n{}",
      })
  void aBadChunkIsRefusedAndEndsTheConnection(String chunks) throws Exception {
    try (RawClient client =
        client(
            exchange -> {
              throw new AssertionError("reached the endpoint");
            })) {
      client.write(post(HOST + JSON + "Transfer-Encoding: chunked\r\n", chunks));

      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void bodiesComeInChunksTooAndAfterAskingWhetherTheyMay() throws Exception {
    try (RawClient client = client(ECHO)) {
      client.write(
          post(
              HOST + JSON + "Transfer-Encoding: chunked\r\n",
              "2\r\n[1\r\n3;x=\"y\"\r\n,2]\r\n0\r\nTrailer-Of: it\r\n\r\n"));
      assertThat(client.answer().body()).isEqualTo("[1,2]");

      client.write(post(HOST + JSON + "Expect: 100-continue\r\nContent-Length: 2\r\n", ""));
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(client.write("{}").answer().body()).isEqualTo("{}");

      client.write(post(HOST + JSON + "Expect: more\r\nContent-Length: 2\r\n", ""));
      assertThat(client.answer().status()).isEqualTo(417);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void requestsSentAheadAreAnsweredInOrder() throws Exception {
    try (RawClient client = client(ECHO)) {
      for (int i = 0; i < 5; i++) {
        client.post("/crm/mcp", "[" + i + "]");
        client.post("/none/mcp", "[" + i + "]");
      }
      for (int i = 0; i < 5; i++) {
        assertThat(client.answer().body()).isEqualTo("[" + i + "]");
        assertThat(client.answer().status()).isEqualTo(404);
      }
    }
  }

  @Test
  void whoSendsFarAheadIsAnsweredAsFarAsItGoesAndThenClosed() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawClient client =
        client(
            exchange -> {
              go.await();
              ECHO.answer(exchange);
            })) {
      StringBuilder ahead = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        ahead.append(post(HOST + JSON + "Content-Length: 2\r\n", "{}"));
      }
      client.write(ahead.toString());
      // The one event loop has read all of it when it has answered others behind it.
      for (int i = 0; i < 3; i++) {
        try (RawClient other = new RawClient(front.address())) {
          assertThat(other.post("/none/mcp", "{}").answer().status()).isEqualTo(404);
        }
      }
      go.countDown();
      assertThat(client.answer().header("connection")).isEqualTo("close");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void http10ClosesUnlessAskedNotTo() throws Exception {
    InetSocketAddress address = start(o -> o, ECHO);
    String head = "POST /crm/mcp HTTP/1.0\r\n" + HOST + JSON + "Content-Length: 2\r\n";
    try (RawClient client = new RawClient(address)) {
      RawClient.Answer kept = client.write(head + "Connection: keep-alive\r\n\r\n{}").answer();
      assertThat(kept.header("connection")).isEqualTo("keep-alive");
      assertThat(client.write(head + "\r\n{}").answer().body()).isEqualTo("{}");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void aStreamToHttp10EndsWithTheConnection() throws Exception {
    try (RawClient client =
        client(
            exchange -> {
              exchange.stream(200, Headers.NONE);
              exchange.send(SseEvent.of("1".getBytes(UTF_8)));
              exchange.end();
            })) {
      client.write("POST /crm/mcp HTTP/1.0\r\n" + HOST + JSON + "Content-Length: 2\r\n\r\n{}");
      assertThat(client.head()).contains("connection: close").doesNotContain("chunked");
      assertThat(client.text(9)).isEqualTo("data: 1\n\n");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  // Bounds.

  @Test
  void longAddressesAndHeadersAreRefused() throws Exception {
    InetSocketAddress address = start(o -> o.urlMax(200).headerBytesMax(500), ECHO);
    try (RawClient client = new RawClient(address)) {
      client.write("GET /" + "a".repeat(300) + " HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.answer().status()).isEqualTo(414);
      assertThat(client.isAtEnd()).isTrue();
    }
    try (RawClient client = new RawClient(address)) {
      client.write(post(HOST + "X: " + "a".repeat(600) + "\r\n", ""));
      assertThat(client.answer().status()).isEqualTo(431);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void aBodyOverTheBoundIsRefusedBeforeItIsReadAndTheClientGetsToSeeWhy() throws Exception {
    InetSocketAddress address = start(o -> o.bodyBytesMax(100_000), ECHO);
    try (RawClient client = new RawClient(address)) {
      String most = "[" + "1".repeat(99_998) + "]";
      assertThat(client.post("/crm/mcp", most).answer().body()).isEqualTo(most);
      RawClient.Answer answer = client.post("/crm/mcp", most + " ").answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("at most 100000 bytes.");
      assertThat(client.isAtEnd()).isTrue();
    }
    try (RawClient client = new RawClient(address)) {
      client.write(post(HOST + JSON + "Transfer-Encoding: chunked\r\n", ""));
      client.write(Integer.toHexString(100_001) + "\r\n" + "1".repeat(100_001));
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void requestsBeyondTheirNumberAreToldToComeBack() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch in = new CountDownLatch(1);
    InetSocketAddress address =
        start(
            o -> o.requestsMax(1),
            exchange -> {
              in.countDown();
              go.await();
              ECHO.answer(exchange);
            });
    try (RawClient first = new RawClient(address);
        RawClient second = new RawClient(address)) {
      first.post("/crm/mcp", "{}");
      in.await();
      RawClient.Answer busy = second.post("/crm/mcp", "{}").answer();
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.header("retry-after")).isEqualTo("1");
      go.countDown();
      assertThat(first.answer().status()).isEqualTo(200);
    }
    try (RawClient third = new RawClient(address)) {
      assertThat(third.post("/crm/mcp", "{}").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void connectionsBeyondTheirNumberAreToldSo() throws Exception {
    InetSocketAddress address = start(o -> o.connectionsMax(1), ECHO);
    try (RawClient first = new RawClient(address)) {
      assertThat(first.post("/crm/mcp", "{}").answer().status()).isEqualTo(200);
      try (RawClient second = new RawClient(address)) {
        assertThat(second.answer().status()).isEqualTo(503);
        assertThat(second.isAtEnd()).isTrue();
      }
      assertThat(first.post("/crm/mcp", "{}").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThereIsNoMemoryForIsToldToComeBack() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch in = new CountDownLatch(1);
    InetSocketAddress address =
        start(
            o -> o.bodyBytesMax(1 << 24),
            exchange -> {
              in.countDown();
              go.await();
              ECHO.answer(exchange);
            });
    String half = "1".repeat(1 << 23);
    try (RawClient first = new RawClient(address);
        RawClient second = new RawClient(address)) {
      first.post("/crm/mcp", half);
      in.await();
      assertThat(budget.used()).isEqualTo(1 << 23);
      second.write(post(HOST + JSON + "Content-Length: 2\r\n", ""));
      assertThat(second.answer().status()).isEqualTo(503);
      go.countDown();
      assertThat(first.answer().body()).hasSize(1 << 23);
    }
    front.close(Duration.ofSeconds(5));
    assertThat(budget.used()).isZero();
  }

  // Time.

  @Test
  void aHeadThatComesTooSlowlyIsRefusedAlsoOnAConnectionThatHasBeenUsed() throws Exception {
    InetSocketAddress address = start(o -> o.headTime(Duration.ofSeconds(2)), ECHO);
    try (RawClient client = new RawClient(address)) {
      assertThat(client.write("P").answer().status()).isEqualTo(408);
      assertThat(client.isAtEnd()).isTrue();
    }
    try (RawClient client = new RawClient(address)) {
      assertThat(client.post("/crm/mcp", "{}").answer().status()).isEqualTo(200);
      assertThat(client.write("POST /crm/mcp HT").answer().status()).isEqualTo(408);
      assertThat(client.isAtEnd()).isTrue();
    }
    try (RawClient silent = new RawClient(address)) {
      assertThat(silent.isAtEnd()).isTrue();
    }
  }

  @Test
  void aBodyThatComesTooSlowlyIsRefused() throws Exception {
    InetSocketAddress address = start(o -> o.bodyTime(Duration.ofMillis(300)), ECHO);
    try (RawClient client = new RawClient(address)) {
      client.write(post(HOST + JSON + "Content-Length: 2\r\n", "{"));
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void aConnectionThatDoesNothingIsClosed() throws Exception {
    InetSocketAddress address = start(o -> o.idleTime(Duration.ofMillis(200)), ECHO);
    try (RawClient client = new RawClient(address)) {
      assertThat(client.post("/crm/mcp", "{}").answer().status()).isEqualTo(200);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  // Streams.

  @Test
  void whoListensIsToldAtOnceAndHearsCommentsWhereItIsQuiet() throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    InetSocketAddress address =
        start(
            o -> o.commentTime(Duration.ofMillis(100)),
            exchange -> {
              assertThat(exchange.verb()).isEqualTo(Verb.GET);
              exchange.stream(200, Headers.NONE.with("mcp-session-id", "s"));
              exchange.onGone(() -> gone.complete(true));
              gone.join();
            });
    try (RawClient client = new RawClient(address)) {
      client.write("GET /crm/mcp HTTP/1.1\r\n" + HOST + "Accept: text/event-stream\r\n\r\n");
      assertThat(client.head())
          .contains("content-type: text/event-stream")
          .contains("cache-control: no-cache")
          .contains("x-accel-buffering: no")
          .contains("mcp-session-id: s");
      assertThat(client.chunk()).isEqualTo(": \n\n");
      assertThat(client.chunk()).isEqualTo(": \n\n");
    }
    assertThat(gone.get()).isTrue();
  }

  @Test
  void aClientThatDiesInTheMiddleOfAStreamIsNoticedAndSendingFails() throws Exception {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (RawClient client =
        client(
            exchange -> {
              exchange.onGone(() -> gone.complete(true));
              exchange.stream(200, Headers.NONE);
              exchange.send(SseEvent.of("1".getBytes(UTF_8)));
              gone.join();
              // Also who asks too late is told.
              CompletableFuture<Boolean> late = new CompletableFuture<>();
              exchange.onGone(() -> late.complete(true));
              late.join();
              try {
                exchange.send(SseEvent.of("2".getBytes(UTF_8)));
              } catch (IOException e) {
                failed.complete(e);
              }
            })) {
      client.post("/crm/mcp", "{}").head();
      assertThat(client.chunk()).isEqualTo("data: 1\n\n");
      client.reset();
      assertThat(failed.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whoHasBeenAnsweredIsNotGone() throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    CountDownLatch left = new CountDownLatch(1);
    CompletableFuture<Boolean> checked = new CompletableFuture<>();
    RawClient client =
        client(
            exchange -> {
              exchange.onGone(() -> gone.complete(true));
              exchange.answer(202, Headers.NONE, new byte[0]);
              left.await();
              exchange.onGone(() -> gone.complete(true));
              checked.complete(gone.isDone());
            });
    RawClient.Answer answer = client.post("/crm/mcp", "{}").answer();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("content-length")).isEqualTo("0");
    client.reset();
    left.countDown();
    assertThat(checked.get()).isFalse();
  }

  @Test
  void sendingWaitsForASlowClientAndGivesUpOnOneThatDoesNotRead() throws Exception {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    SseEvent large = SseEvent.of("1".repeat(50_000).getBytes(UTF_8));
    InetSocketAddress address =
        start(
            o -> o.writeTime(Duration.ofMillis(500)),
            exchange -> {
              exchange.stream(200, Headers.NONE);
              int count = 0;
              try {
                while (count < 10_000) {
                  exchange.send(large);
                  count++;
                }
              } catch (IOException e) {
                sent.complete(count);
              }
            });
    try (RawClient client = new RawClient(address)) {
      client.post("/crm/mcp", "{}");
      // What fits into the buffers of two sockets, and not what fits into the heap.
      assertThat(sent.get(30, TimeUnit.SECONDS)).isLessThan(400);
    }
    front.close(Duration.ofSeconds(5));
    assertThat(budget.used()).isZero();
  }

  @Test
  void allEventsReachAClientThatReadsSlowly() throws Exception {
    try (RawClient client =
        client(
            exchange -> {
              exchange.stream(200, Headers.NONE);
              for (int i = 0; i < 200; i++) {
                exchange.send(SseEvent.of((i + "1".repeat(20_000)).getBytes(UTF_8)));
              }
              exchange.end();
            })) {
      client.post("/crm/mcp", "{}").head();
      for (int i = 0; i < 200; i++) {
        assertThat(client.chunk()).startsWith("data: " + i + "1111");
      }
      assertThat(client.chunk()).isEmpty();
      assertThat(client.post("/crm/mcp", "{}").head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anEventLargerThanABufferComesWhole() throws Exception {
    String large = "1".repeat(3_000_000);
    try (RawClient client =
        client(
            exchange -> {
              exchange.stream(200, Headers.NONE);
              exchange.send(SseEvent.of("0".getBytes(UTF_8)));
              exchange.send(SseEvent.of(large.getBytes(UTF_8)));
              exchange.send(SseEvent.of("2".getBytes(UTF_8)));
              exchange.end();
            })) {
      client.post("/crm/mcp", "{}").head();
      StringBuilder all = new StringBuilder();
      for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
        all.append(chunk);
      }
      assertThat(all.toString().equals("data: 0\n\ndata: " + large + "\n\ndata: 2\n\n")).isTrue();
      assertThat(client.post("/crm/mcp", "{}").head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aLargeAnswerToAClientThatDoesNotReadIsGivenUp() throws Exception {
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    InetSocketAddress address =
        start(
            o -> o.writeTime(Duration.ofMillis(300)),
            exchange -> {
              exchange.answer(200, Headers.NONE, new byte[12 << 20]);
              answered.complete(true);
            });
    try (RawClient client = new RawClient(address)) {
      client.post("/crm/mcp", "{}");
      answered.get();
      while (front.connections() > 0) {
        Thread.onSpinWait();
      }
    }
    assertThat(budget.used()).isZero();
  }

  // Endpoints that fail, and the end.

  @Test
  void anEndpointThatFailsOrForgetsIsAnErrorToTheClient() throws Exception {
    InetSocketAddress address =
        start(
            o -> o,
            exchange -> {
              if (exchange.body().length > 2) {
                throw new IllegalStateException("secret");
              }
            });
    try (RawClient client = new RawClient(address)) {
      RawClient.Answer failed = client.post("/crm/mcp", "[1]").answer();
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).doesNotContain("secret");
      assertThat(client.post("/crm/mcp", "{}").answer().status()).isEqualTo(500);
    }
  }

  @Test
  void aStreamWhoseEndpointFailsHasNoEnd() throws Exception {
    try (RawClient client =
        client(
            exchange -> {
              exchange.stream(200, Headers.NONE);
              exchange.send(SseEvent.of("1".getBytes(UTF_8)));
              throw new IllegalStateException("broken");
            })) {
      client.post("/crm/mcp", "{}").head();
      assertThat(client.chunk()).isEqualTo("data: 1\n\n");
      assertThatThrownBy(client::chunk).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closingLetsRequestsBeAnsweredAndEndsTheRest() throws Exception {
    CountDownLatch in = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    InetSocketAddress address =
        start(
            o -> o,
            exchange -> {
              in.countDown();
              if (exchange.verb() == Verb.GET) {
                exchange.stream(200, Headers.NONE);
                exchange.onGone(() -> gone.complete(true));
                gone.join();
                return;
              }
              go.await();
              ECHO.answer(exchange);
            });
    HttpFront closing = front;
    try (RawClient idle = new RawClient(address);
        RawClient listening = new RawClient(address);
        RawClient asking = new RawClient(address)) {
      listening.write("GET /crm/mcp HTTP/1.1\r\n" + HOST + "\r\n");
      asking.post("/crm/mcp", "{}");
      in.await();
      CompletableFuture<Void> closed =
          CompletableFuture.runAsync(
              () -> {
                try {
                  closing.close(Duration.ofSeconds(20));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(gone.get()).isTrue();
      assertThat(idle.isAtEnd()).isTrue();
      assertThat(closed).isNotDone();
      go.countDown();
      RawClient.Answer last = asking.answer();
      assertThat(last.body()).isEqualTo("{}");
      assertThat(last.header("connection")).isEqualTo("close");
      assertThat(asking.isAtEnd()).isTrue();
      closed.get();
    }
  }

  @Test
  void anAddressThatIsInUseOrNotOursIsSaidSo() throws Exception {
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("no-such-host.invalid", 0);
    assertThatThrownBy(
            () -> HttpFront.start(new HttpFrontOptions(unknown, loops, budget), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such name");
    InetSocketAddress taken = start(o -> o, ECHO);
    assertThatThrownBy(() -> HttpFront.start(new HttpFrontOptions(taken, loops, budget), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot listen on");
  }
}
