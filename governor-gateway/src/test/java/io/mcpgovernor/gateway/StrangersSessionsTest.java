package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session is its principal's: to everybody else it is as if it were not there. */
@Timeout(120)
final class StrangersSessionsTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}";

  @TempDir Path directory;
  private ScriptedServer server;
  private GatewayUnderTest gateway;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
  }

  @AfterEach
  void end() throws Exception {
    gateway.close();
    server.close();
  }

  private void start(String kind, String... more) throws Exception {
    Path own = Files.createDirectory(directory.resolve(kind + more.length));
    gateway =
        kind.equals("http")
            ? GatewayUnderTest.before(server, own, more)
            : GatewayUnderTest.beforeProcesses(server, own, more);
  }

  private WireClient stranger(String session) {
    return gateway
        .client()
        .as("mallory")
        .with("Mcp-Session-Id", session)
        .with("Mcp-Protocol-Version", "2025-11-25");
  }

  private String sessionOf(String user) throws Exception {
    Received opened =
        gateway
            .client()
            .as(user)
            .legacy(
                "initialize",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                    + "\"clientInfo\":{\"name\":\"w\",\"version\":\"1\"}}");
    assertThat(opened.session()).isNotNull();
    return opened.session();
  }

  /** What is the same whoever asks: not the date. */
  private static String shape(Received received) {
    return received.raw().replaceAll("(?i)\r\ndate: [^\r]*", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "processes"})
  void ofAStrangerNothingIsThereWhateverIsTried(String kind) throws Exception {
    start(kind);
    String session = sessionOf("alice");
    int seen = server.seen().size();

    for (String message :
        List.of(
            PING,
            Requests.legacy(3, "tools/call", Requests.call("look", "{}")),
            Requests.legacy(4, "tools/list", "{}"),
            Requests.legacy(5, "initialize", "{\"protocolVersion\":\"2025-11-25\"}"),
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}")) {
      Received strangers = stranger(session).post(message);
      Received nobodys = stranger("session-of-nobody").post(message);

      assertThat(strangers.status()).isEqualTo(404);
      assertThat(shape(strangers)).isEqualTo(shape(nobodys));
    }
    for (String verb : List.of("GET", "DELETE")) {
      Received strangers = stranger(session).open(verb, new byte[0], Map.of()).received();
      Received nobodys = stranger("session-of-nobody").open(verb, new byte[0], Map.of()).received();

      assertThat(strangers.status()).isEqualTo(404);
      assertThat(shape(strangers)).isEqualTo(shape(nobodys));
    }
    assertThat(server.seen()).hasSize(seen);

    WireClient own = gateway.client().with("Mcp-Session-Id", session);
    assertThat(own.post(PING).result()).isEmpty();
  }

  @Test
  void anEndedSessionIsAStrangersToItsOwnerToo() throws Exception {
    start("http");
    WireClient client = gateway.client().initialized();

    assertThat(client.open("DELETE", new byte[0], Map.of()).received().status()).isEqualTo(200);

    int seen = server.seen().size();
    assertThat(client.post(PING).status()).isEqualTo(404);
    assertThat(server.seen()).hasSize(seen);
  }

  @Test
  void aSessionThatTheServerForgotIsForgotten() throws Exception {
    start("http");
    WireClient client = gateway.client().initialized();
    server.on("ping", asked -> asked.raw("HTTP/1.1 404 Gone\r\ncontent-length: 0\r\n\r\n"));

    assertThat(client.post(PING).status()).isEqualTo(404);

    int seen = server.seen().size();
    assertThat(client.post(PING).status()).isEqualTo(404);
    assertThat(server.seen()).hasSize(seen);
  }

  @Test
  void anIdThatTheServerGivesTwiceIsOnlyTheFirstOnes() throws Exception {
    start("http");
    server.on("initialize", asked -> asked.raw(opens("one-for-all")));

    assertThat(sessionOf("alice")).isEqualTo("one-for-all");
    Received second =
        gateway.client().as("mallory").legacy("initialize", "{\"protocolVersion\":\"2025-11-25\"}");

    assertThat(second.session()).isNull();
    assertThat(second.error()).isNotEmpty();
    assertThat(stranger("one-for-all").post(PING).status()).isEqualTo(404);
    WireClient own = gateway.client().with("Mcp-Session-Id", "one-for-all");
    assertThat(own.post(PING).status()).isEqualTo(200);
  }

  @Test
  void anIdInAnyOtherAnswerIsNotPassedOn() throws Exception {
    start("http");
    server.on("ping", asked -> asked.raw(opens("sneaked-in")));

    Received pong = gateway.client().post(PING);

    assertThat(pong.session()).isNull();
    assertThat(gateway.client().with("Mcp-Session-Id", "sneaked-in").post(PING).status())
        .isEqualTo(404);
  }

  @Test
  void thereAreAsManySessionsAsTheConfigurationAllows() throws Exception {
    start("http", "limits: { sessions: 3 }");
    Set<String> open = new HashSet<>();
    for (String user : List.of("alice", "bob", "carol")) {
      open.add(sessionOf(user));
    }
    assertThat(open).hasSize(3);
    java.util.concurrent.CountDownLatch told = new java.util.concurrent.CountDownLatch(1);
    server.on(
        "DELETE",
        asked -> {
          told.countDown();
          asked.raw("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        });

    Received fourth =
        gateway.client().as("dave").legacy("initialize", "{\"protocolVersion\":\"2025-11-25\"}");

    assertThat(fourth.status()).isEqualTo(503);
    assertThat(fourth.session()).isNull();
    assertThat(fourth.errorMessage()).contains("session");
    assertThat(told.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(server.seen("DELETE").getFirst().head().toLowerCase(java.util.Locale.ROOT))
        .contains("mcp-session-id: session-4");
  }

  @Test
  void anotherCannotCancelACallOrAnswerAQuestionInIt() throws Exception {
    start("http");
    java.util.concurrent.CountDownLatch goOn = new java.util.concurrent.CountDownLatch(1);
    server.on(
        "tools/call",
        asked -> {
          goOn.await();
          asked.text("done");
        });
    String session = sessionOf("alice");
    WireClient own = gateway.client().with("Mcp-Session-Id", session);
    try (WireClient.Open call = own.openLegacy("tools/call", Requests.call("look", "{}"))) {
      while (server.seen("tools/call").isEmpty()) {
        Thread.sleep(5);
      }
      String cancel =
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";
      assertThat(stranger(session).post(cancel).status()).isEqualTo(404);
      assertThat(gateway.client().as("mallory").post(cancel).status()).isEqualTo(202);
      goOn.countDown();

      assertThat(call.received().text()).isEqualTo("done");
    }
  }

  private static String opens(String session) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
            + "\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}";
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nmcp-session-id: "
        + session
        + "\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
