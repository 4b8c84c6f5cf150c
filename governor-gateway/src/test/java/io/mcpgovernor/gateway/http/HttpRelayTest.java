package io.mcpgovernor.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.Caller;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Front and upstream together, with nothing between them but passing on. */
final class HttpRelayTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}}";
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

  private final EventLoops loops = EventLoops.start(EventLoops.THREADS);
  private final ByteBudget budget = new ByteBudget(64 * 1024 * 1024);

  @AfterEach
  void end() {
    loops.close();
  }

  static void relay(ClientExchange exchange, Upstream upstream) {
    try {
      Message message = Message.ofClient(exchange.body(), new MessageBounds(1 << 24, 64));
      UpstreamRequest request =
          new UpstreamRequest(
              exchange.verb(),
              exchange.headers(),
              message,
              new Caller(exchange.principal(), ""),
              Duration.ofSeconds(10));
      try (UpstreamReply reply = upstream.send(request)) {
        if (!reply.isStream()) {
          SseEvent body = reply.next();
          exchange.answer(
              reply.status(), reply.headers(), body == null ? new byte[0] : body.data());
          return;
        }
        exchange.stream(reply.status(), reply.headers());
        for (SseEvent event = reply.next(); event != null; event = reply.next()) {
          exchange.send(event);
        }
        exchange.end();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpFront front(Upstream upstream) throws Exception {
    return HttpFront.start(
        new HttpFrontOptions(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loops, budget)
            .authenticator(Authenticator.everyone(Principal.verified("alice"))),
        Map.of("crm", exchange -> relay(exchange, upstream)));
  }

  @Test
  void aPlainAnswerPassesAndConnectionsAreUsedAgainOnBothSides() throws Exception {
    try (RawServer server = new RawServer((connection, request) -> connection.json(200, RESULT));
        HttpUpstream upstream =
            new HttpUpstream(
                new HttpUpstreamOptions(server.uri(), loops, budget).bearer(() -> "secret"))) {
      HttpFront front = front(upstream);
      try (RawClient client = new RawClient(front.address())) {
        for (int i = 0; i < 3; i++) {
          RawClient.Answer answer = client.post("/crm/mcp", CALL).answer();

          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.body()).isEqualTo(RESULT);
          assertThat(answer.header("content-type")).isEqualTo("application/json");
          assertThat(answer.header("cache-control")).isEqualTo("no-store");
        }
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests())
          .extracting(RawServer.Request::body)
          .containsExactly(CALL, CALL, CALL);
      assertThat(server.requests().getFirst().head())
          .contains("authorization: Bearer secret\r\n")
          .contains("accept: application/json, text/event-stream\r\n")
          .contains("content-type: application/json\r\n");
      front.close(Duration.ofSeconds(1));
      assertThat(budget.used()).isZero();
    }
  }

  @Test
  void eventsOfAStreamPassEachWhenItIsComplete() throws Exception {
    java.util.concurrent.Semaphore next = new java.util.concurrent.Semaphore(0);
    try (RawServer server =
            new RawServer(
                (connection, request) -> {
                  connection.write(
                      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                          + "transfer-encoding: chunked\r\n\r\n");
                  connection.chunk("id: 1\ndata: \n\n");
                  connection.chunk("id: 2\nda");
                  next.acquire();
                  connection.chunk("ta: " + RESULT + "\n\n");
                  connection.write("0\r\n\r\n");
                });
        HttpUpstream upstream =
            new HttpUpstream(new HttpUpstreamOptions(server.uri(), loops, budget))) {
      HttpFront front = front(upstream);
      try (RawClient client = new RawClient(front.address())) {
        for (int i = 0; i < 2; i++) {
          String head = client.post("/crm/mcp", CALL).head();
          assertThat(head).contains("content-type: text/event-stream").contains("no-cache");
          assertThat(client.chunk()).isEqualTo("id: 1\ndata: \n\n");
          next.release();
          assertThat(client.chunk()).isEqualTo("id: 2\ndata: " + RESULT + "\n\n");
          assertThat(client.chunk()).isEmpty();
        }
      }
      assertThat(server.connections()).isEqualTo(1);
      front.close(Duration.ofSeconds(1));
      assertThat(budget.used()).isZero();
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
