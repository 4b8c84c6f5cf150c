package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a server does instead of answering, the client is told what to do, whether the tool may
 * have run is said rightly, and the record is there.
 */
@Timeout(300)
final class UpstreamFaultsTest {
  private static final String LOOK = Requests.call("look", "{}");
  private static final String RAW = "jane.leak@corp.example";

  @TempDir Path directory;
  private final ScriptedServer server;
  private @Nullable GatewayUnderTest gateway;

  UpstreamFaultsTest() throws Exception {
    server = new ScriptedServer();
  }

  @AfterEach
  void end() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    server.close();
  }

  private GatewayUnderTest gateway(String... more) throws Exception {
    gateway = GatewayUnderTest.before(server, directory, more);
    return gateway;
  }

  /** A way to fail, with what the client has to be told. */
  record Fault(String name, String denied, ScriptedServer.Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    String head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    return Stream.of(
        new Fault("closes without a word", "upstream executed=unknown", Asked::close),
        new Fault(
            "closes in its head",
            "upstream executed=unknown",
            asked -> {
              asked.raw("HTTP/1.1 200 OK\r\ncontent-ty");
              asked.close();
            }),
        new Fault(
            "closes in its body",
            "upstream executed=unknown",
            asked -> {
              asked.raw(head + "content-length: 500\r\n\r\n{\"jsonrpc\":\"2.0\"," + RAW);
              asked.close();
            }),
        new Fault(
            "closes in its stream",
            "upstream executed=unknown",
            asked -> {
              asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
              asked.raw("40\r\ndata: {\"jsonrpc\":\"2.0\",\"id\":" + asked.id());
              asked.close();
            }),
        new Fault(
            "ends its stream without an answer",
            "upstream executed=unknown",
            asked -> {
              asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
              asked.endStream();
            }),
        new Fault(
            "says no HTTP",
            "upstream executed=unknown",
            asked -> asked.raw("220 smtp " + RAW + "\r\n\r\n")),
        new Fault(
            "says no JSON",
            "upstream executed=unknown",
            asked -> asked.answer("<html>" + RAW + "</html>")),
        new Fault(
            "says half of JSON",
            "upstream executed=unknown",
            asked -> asked.answer("{\"jsonrpc\":")),
        new Fault(
            "says nothing",
            "upstream executed=unknown",
            asked -> asked.raw(head + "content-length: 0\r\n\r\n")),
        new Fault(
            "answers another",
            "upstream executed=unknown",
            asked ->
                asked.answer("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{\"x\":\"" + RAW + "\"}}")),
        new Fault(
            "answers with an id of another type",
            "upstream executed=unknown",
            asked ->
                asked.answer(
                    "{\"jsonrpc\":\"2.0\",\"id\":\""
                        + asked.id()
                        + "\",\"result\":{\"content\":[]}}")),
        new Fault(
            "answers in a batch",
            "upstream executed=unknown",
            asked ->
                asked.answer("[{\"jsonrpc\":\"2.0\",\"id\":" + asked.id() + ",\"result\":{}}]")),
        new Fault(
            "answers with two results",
            "upstream executed=unknown",
            asked ->
                asked.answer(
                    "{\"jsonrpc\":\"2.0\",\"id\":"
                        + asked.id()
                        + ",\"result\":{},\"result\":{\"a\":1}}")),
        new Fault(
            "says the same member of a result twice",
            "upstream executed=unknown",
            asked -> asked.result("{\"content\":[],\"content\":[1]}")),
        new Fault(
            "redirects",
            "upstream executed=unknown",
            asked ->
                asked.raw(
                    "HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:1/"
                        + RAW
                        + "\r\ncontent-length: 0\r\n\r\n")),
        new Fault(
            "wants other credentials",
            "upstream executed=no",
            asked ->
                asked.raw(
                    "HTTP/1.1 401 Who\r\nwww-authenticate: Bearer realm=\""
                        + RAW
                        + "\"\r\ncontent-length: 0\r\n\r\n")),
        new Fault(
            "forbids",
            "upstream executed=no",
            asked -> asked.raw("HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n")),
        new Fault(
            "wants fewer requests",
            "upstream executed=no",
            asked -> asked.raw("HTTP/1.1 429 Slow\r\nretry-after: 3\r\ncontent-length: 0\r\n\r\n")),
        new Fault(
            "fails",
            "upstream executed=unknown",
            asked -> asked.raw("HTTP/1.1 500 " + RAW + "\r\ncontent-length: 5\r\n\r\nagony")),
        new Fault(
            "is behind a proxy that gave up",
            "upstream executed=unknown",
            asked ->
                asked.raw(
                    "HTTP/1.1 502 Bad\r\n"
                        + "content-type: text/html\r\n"
                        + "content-length: 5\r\n\r\n"
                        + "agony")),
        new Fault(
            "switches protocols",
            "upstream executed=unknown",
            asked ->
                asked.raw("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")),
        new Fault(
            "has two lengths",
            "upstream executed=unknown",
            asked ->
                asked.raw(
                    head + "content-length: 2\r\ncontent-length: 40\r\n\r\n{}" + " ".repeat(38))),
        new Fault(
            "nests deeper than anybody reads",
            "upstream executed=unknown",
            asked -> asked.result("{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}")));
  }

  private void isOnRecord(String denied) throws Exception {
    Map<String, @Nullable Object> last = gateway.records().getLast();
    assertThat(last.get("event")).isEqualTo("outcome");
    assertThat(last.get("status")).isEqualTo("error");
    assertThat(last.toString()).contains(denied.split(" ")[0]);
    assertThat(gateway.log()).doesNotContain(RAW);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultIsADenialThatSaysWhatToDo(Fault fault) throws Exception {
    WireClient client = gateway("limits: { timeout: 60s }").client().initialized();
    server.on("tools/call", fault.script());

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo(fault.denied());
    assertThat((List<?>) received.denial().get("suggestions")).isNotEmpty();
    assertThat(received.raw())
        .doesNotContain(RAW)
        .doesNotContain("agony")
        .doesNotContain("127.0.0.1");
    assertThat(received.status()).isNotIn(401, 403);
    assertThat(server.seen("tools/call")).as("nothing is sent twice").hasSize(1);
    isOnRecord(fault.denied());

    server.behave();
    assertThat(client.legacy("tools/call", LOOK).text())
        .as("the next is answered")
        .isEqualTo("done");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void andInThatRevisionToo(Fault fault) throws Exception {
    WireClient client = gateway().client();
    server.on("tools/call", fault.script());

    Received received = client.stateless("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo(fault.denied());
    assertThat(received.result().get("resultType")).isEqualTo("complete");
    assertThat(received.raw()).doesNotContain(RAW).doesNotContain("agony");
    isOnRecord(fault.denied());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatIsNoCallFailsWithAnErrorThatSaysWhatToDo(Fault fault) throws Exception {
    WireClient client = gateway().client().initialized();
    for (String method : List.of("resources/read", "resources/list", "ping")) {
      server.on(method, fault.script());

      Received received = client.legacy(method, "{\"uri\":\"note://1\"}");

      assertThat(received.errorCode()).isEqualTo(-32_010);
      assertThat(received.errorMessage()).endsWith(".");
      assertThat(received.raw()).doesNotContain(RAW).doesNotContain("agony");
      assertThat(received.status()).isNotIn(401, 403);
    }
  }

  @Test
  void aServerThatIsNotThereIsToldAndOnRecord() throws Exception {
    WireClient client = gateway().client();
    server.close();

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo("upstream executed=no");
    assertThat(gateway.records().getLast().get("status")).isEqualTo("error");
    assertThat(client.legacy("ping", "{}").errorMessage()).contains("cannot be reached");
    assertThat(client.legacy("tools/list", "{}").errorMessage()).contains("cannot be reached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "with a stream that says nothing", "with half of a body"})
  void aSlowServerIsATimeoutAndIsToldSo(String how) throws Exception {
    WireClient client = gateway("limits: { timeout: 700ms }").client().initialized();
    server.on(
        "tools/call",
        asked -> {
          if (how.contains("stream")) {
            asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
          } else if (how.contains("body")) {
            asked.raw(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{");
          }
          asked.awaitClose();
        });

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo("timeout executed=unknown");
    Asked call = server.seen("tools/call").getFirst();
    Asked cancelled = seen("notifications/cancelled");
    assertThat(cancelled.body()).contains("\"requestId\":" + call.id());
    assertThat(cancelled.head().toLowerCase(Locale.ROOT)).contains("mcp-session-id: session-1");
  }

  @Test
  void aSlowServerWithoutSessionsIsToldByTheEndOfItsConnection() throws Exception {
    WireClient client = gateway("limits: { timeout: 700ms }").client();
    java.util.concurrent.CountDownLatch closed = new java.util.concurrent.CountDownLatch(1);
    server.on(
        "tools/call",
        asked -> {
          asked.awaitClose();
          closed.countDown();
        });

    Received received = client.stateless("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo("timeout executed=unknown");
    closed.await();
    assertThat(server.seen("notifications/cancelled")).isEmpty();
  }

  private Asked seen(String method) throws InterruptedException {
    while (server.seen(method).isEmpty()) {
      Thread.sleep(5);
    }
    return server.seen(method).getFirst();
  }

  @Test
  void aSecondAnswerIsNobodys() throws Exception {
    WireClient client = gateway().client().initialized();
    server.on(
        "tools/call",
        asked -> {
          String answer =
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + asked.id()
                  + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"X\"}]}}";
          asked.say(answer.replace("X", "first"));
          asked.say(answer.replace("X", "second " + RAW));
          asked.endStream();
        });

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.messages()).hasSize(1);
    assertThat(received.text()).isEqualTo("first");
  }

  @Test
  void anAnswerBehindAnAnswerIsNotTheNextOnesAnswer() throws Exception {
    WireClient client = gateway().client().initialized();
    server.on(
        "tools/call",
        asked -> {
          asked.text("first");
          asked.raw(
              "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 58\r\n\r\n"
                  + "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[],\"x\":\"evil\"}}");
        });
    assertThat(client.legacy("tools/call", LOOK).text()).isEqualTo("first");
    server.behave();

    for (int i = 0; i < 5; i++) {
      assertThat(client.legacy("tools/call", LOOK).raw()).contains("done").doesNotContain("evil");
    }
  }

  @Test
  void aPooledConnectionThatTheServerClosesIsNotAFault() throws Exception {
    WireClient client = gateway().client().initialized();
    for (int i = 0; i < 10; i++) {
      assertThat(client.legacy("tools/call", LOOK).text()).isEqualTo("done");
      server.closeConnections();
    }
    assertThat(server.seen("tools/call")).hasSize(10);
  }

  @Test
  void anExpiredSessionIsPassedOnAsSuch() throws Exception {
    WireClient client = gateway().client().initialized();
    server.on("tools/call", asked -> asked.raw("HTTP/1.1 404 Gone\r\ncontent-length: 0\r\n\r\n"));

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.status()).isEqualTo(404);
    isOnRecord("upstream");
  }

  private Received listed(String tools) throws Exception {
    server.on("tools/list", asked -> asked.result("{\"tools\":[" + tools + "]}"));
    return gateway().client().legacy("tools/list", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"http://127.0.0.1:1/x\"}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
        "{\"type\":17}",
        "[]",
        "\"object\"",
        "null",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"maxLength\":1e400}}}"
      })
  void aHostileSchemaHurtsNobodyElse(String schema) throws Exception {
    Received received =
        listed(
            "{\"name\":\"evil\",\"inputSchema\":"
                + schema
                + "},{\"name\":\"look\",\"inputSchema\":{\"type\":\"object\"}}");
    assertThat(received.raw()).contains("\"look\"");

    Received evil =
        gateway
            .client()
            .legacy("tools/call", Requests.call("evil", "{\"a\":\"" + "a".repeat(40) + "!\"}"));
    assertThat(evil.messages()).hasSize(1);
    assertThat(gateway.client().legacy("tools/call", LOOK).text()).isEqualTo("done");
  }

  @Test
  void aDeepSchemaHurtsNobodyElse() throws Exception {
    String deep = "{\"type\":\"object\",\"allOf\":".repeat(100) + "[]" + "}".repeat(100);
    listed(
        "{\"name\":\"evil\",\"inputSchema\":"
            + deep
            + "},{\"name\":\"look\",\"inputSchema\":{\"type\":\"object\"}}");

    assertThat(gateway.client().legacy("tools/call", Requests.call("evil", "{}")).messages())
        .hasSize(1);
    assertThat(gateway.client().legacy("tools/call", LOOK).text()).isEqualTo("done");
  }

  @Test
  void ofTwoToolsOfOneNameNoneCanBeMistakenForTheOther() throws Exception {
    Received received =
        listed(
            "{\"name\":\"look\",\"description\":\"one\",\"inputSchema\":{\"type\":\"object\"}},"
                + "{\"name\":\"look\",\"description\":\"two\",\"inputSchema\":{\"type\":\"object\"}}");

    assertThat(received.raw().split("\"name\":\"look\"", -1).length - 1).isLessThanOrEqualTo(1);
  }

  @Test
  void aHundredThousandToolsAreRefusedOrListed() throws Exception {
    StringBuilder tools =
        new StringBuilder("{\"name\":\"look\",\"inputSchema\":{\"type\":\"object\"}}");
    for (int i = 0; i < 100_000; i++) {
      tools.append(",{\"name\":\"t").append(i).append("\",\"inputSchema\":{\"type\":\"object\"}}");
    }
    Received received = listed(tools.toString());

    assertThat(received.messages()).hasSize(1);
    Received call = gateway.client().legacy("tools/call", LOOK);
    assertThat(call.messages()).hasSize(1);
    assertThat(gateway.client().legacy("ping", "{}").result()).isEmpty();
  }

  @Test
  void pagesWithoutEndEnd() throws Exception {
    java.util.concurrent.atomic.AtomicInteger page =
        new java.util.concurrent.atomic.AtomicInteger();
    server.on(
        "tools/list",
        asked ->
            asked.result(
                "{\"tools\":[{\"name\":\"t"
                    + page.incrementAndGet()
                    + "\",\"inputSchema\":{\"type\":\"object\"}}],\"nextCursor\":\"more\"}"));

    Received received = gateway().client().legacy("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo("upstream executed=no");
    assertThat(page.get()).isLessThanOrEqualTo(1_000);
    assertThat(server.seen("tools/call")).isEmpty();
  }

  @Test
  void aListThatBreaksInItsStreamIsAnErrorToo() throws Exception {
    server.on(
        "prompts/list",
        asked -> {
          asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
          asked.close();
        });
    Received received = gateway().client().initialized().legacy("prompts/list", "{}");

    assertThat(received.messages()).hasSize(2);
    assertThat(received.errorCode()).isEqualTo(-32_010);
  }

  @Test
  void aServerThatNeverStopsTalkingHasATimeOut() throws Exception {
    WireClient client = gateway("limits: { timeout: 1s }").client().initialized();
    server.on(
        "tools/call",
        asked -> {
          while (true) {
            asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
          }
        });

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo("timeout executed=unknown");
  }
}
