package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.gateway.Places.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever place of the protocol a server puts personal data in, none of it gets to the client. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
final class NothingRawTest {
  private ScriptedServer server;
  private GatewayUnderTest http;
  private GatewayUnderTest processes;
  private StdioUnderTest stdio;
  private WireClient session;
  private WireClient processSession;
  private StdioClient lines;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new ScriptedServer();
    http =
        GatewayUnderTest.before(
            server, java.nio.file.Files.createDirectory(directory.resolve("h")));
    processes =
        GatewayUnderTest.beforeProcesses(
            server, java.nio.file.Files.createDirectory(directory.resolve("p")));
    stdio =
        StdioUnderTest.beforeProcess(
            server, java.nio.file.Files.createDirectory(directory.resolve("s")));
    session = http.client().initialized();
    processSession = processes.client().initialized();
    lines = stdio.client().initialized();
  }

  @AfterAll
  void end() throws Exception {
    http.close();
    processes.close();
    stdio.close();
    server.close();
  }

  static Stream<Place> places() {
    return Places.all();
  }

  private void nothingRaw(Place place, Received received, int askedBefore) {
    assertThat(server.seen(place.method()).size())
        .as("the server was asked")
        .isGreaterThan(askedBefore);
    assertThat(received.messages()).isNotEmpty();
    isClean(received.raw());
  }

  private static void isClean(String text) {
    for (String part : Places.PARTS) {
      assertThat(text).doesNotContain(part);
    }
    assertThat(text).doesNotContain(Places.BASE64.substring(12, 40));
  }

  private boolean isAsked(Place place) {
    return !place.method().startsWith("tasks/"); // the server is not asked about tasks of nobody
  }

  private int script(Place place) {
    server.behave();
    server.on(place.method(), place.script());
    return isAsked(place) ? server.seen(place.method()).size() : -1;
  }

  @ParameterizedTest
  @MethodSource("places")
  void inASessionOverHttp(Place place) throws Exception {
    int before = script(place);
    nothingRaw(place, session.legacy(place.method(), place.params()), before);
  }

  @ParameterizedTest
  @MethodSource("places")
  void withoutSessionsOverHttp(Place place) throws Exception {
    int before = script(place);
    nothingRaw(place, http.client().stateless(place.method(), place.params()), before);
  }

  @ParameterizedTest
  @MethodSource("places")
  void inASessionOfAProcess(Place place) throws Exception {
    int before = script(place);
    nothingRaw(place, processSession.legacy(place.method(), place.params()), before);
  }

  @ParameterizedTest
  @MethodSource("places")
  void ofAProcessWithoutSessions(Place place) throws Exception {
    int before = script(place);
    nothingRaw(place, processes.client().stateless(place.method(), place.params()), before);
  }

  @ParameterizedTest
  @MethodSource("places")
  void onLinesFromEndToEnd(Place place) throws Exception {
    int before = script(place);
    nothingRaw(place, lines.legacy(place.method(), place.params()), before);
  }

  @Test
  void notInTheAuditLogsOrWhatTheGatewayWrites() throws Exception {
    server.on("tools/call", asked -> asked.text(Places.MARKER));
    session.legacy("tools/call", Requests.call("look", "{\"note\":\"" + Places.MARKER + "\"}"));

    assertThat(http.log()).contains("\"outcome\"");
    isClean(http.log());
    isClean(processes.log());
    isClean(stdio.log());
  }

  @Test
  void initializeIsNoPlaceForIt() throws Exception {
    server.on(
        "initialize",
        asked ->
            asked.result(
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":"
                    + "\"s\",\"version\":\"1\"},\"instructions\":\""
                    + Places.MARKER
                    + "\"}"));
    Received received = http.client().legacy("initialize", "{\"protocolVersion\":\"2025-11-25\"}");

    assertThat(received.raw()).contains("2025-11-25").contains("instructions");
    isClean(received.raw());
  }

  @Test
  void norAreStatusAndHeadersAndBodiesOfHttp() throws Exception {
    String body = "<p>" + Places.MARKER + "</p>";
    for (int status : List.of(200, 202, 204, 301, 400, 401, 403, 404, 405, 409, 429, 500, 503)) {
      server.on(
          "tools/call",
          asked ->
              asked.raw(
                  "HTTP/1.1 "
                      + status
                      + " "
                      + Places.MARKER
                      + "\r\ncontent-type: text/html\r\nx-note: "
                      + Places.MARKER
                      + "\r\nlocation: /"
                      + Places.MARKER.replace(' ', '_')
                      + "\r\nwww-authenticate: Bearer realm=\""
                      + Places.MARKER
                      + "\"\r\nset-cookie: a="
                      + Places.MARKER
                      + (status == 204
                          ? "\r\n\r\n"
                          : "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body)));
      for (WireClient client : List.of(session, http.client())) {
        Received received = client.legacy("tools/call", Requests.call("look", "{}"));

        assertThat(received.status()).isNotIn(401, 403);
        assertThat(received.messages()).as("at %s: %s", status, received.raw()).isNotEmpty();
        isClean(received.raw());
      }
      // Of an expired session nothing is left.
      session = http.client();
      server.on("initialize", asked -> asked.raw(initialized()));
      session.initialized();
    }
  }

  private static String initialized() {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
            + "\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}";
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nmcp-session-id: "
        + java.util.UUID.randomUUID()
        + "\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void norAreTheFieldsOfEvents() throws Exception {
    server.on(
        "tools/call",
        asked ->
            asked.raw(
                stream(
                    ": " + Places.MARKER + "\n\n",
                    ":" + Places.MARKER + "\r\n: and\r\n\r\n",
                    "retry: 100\r: "
                        + Places.MARKER
                        + "\revent: message\rdata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/z\"}\r\r",
                    "event: "
                        + Places.MARKER
                        + "\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n",
                    Places.MARKER
                        + ": 1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/y\"}\n\n",
                    "retry: " + Places.MARKER + "\n\n",
                    "data: {\"jsonrpc\":\"2.0\",\"id\":"
                        + asked.id()
                        + ",\"result\":{\"content\":[]}}\n\n")));

    Received received = session.legacy("tools/call", Requests.call("look", "{}"));

    assertThat(received.raw())
        .contains("notifications/x", "notifications/z", "retry: 100", "result");
    isClean(received.raw());
  }

  private static String stream(String... events) {
    StringBuilder stream =
        new StringBuilder(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
    for (String event : events) {
      stream
          .append(Integer.toHexString(event.getBytes(UTF_8).length))
          .append("\r\n")
          .append(event)
          .append("\r\n");
    }
    return stream.append("0\r\n\r\n").toString();
  }

  private WireClient.Open listen(String lastEvent) throws Exception {
    return session.open(
        "GET", new byte[0], lastEvent.isEmpty() ? Map.of() : Map.of("Last-Event-ID", lastEvent));
  }

  @Test
  void norIsWhatTheServerSaysUnasked() throws Exception {
    server.on(
        "GET",
        asked -> {
          for (String said :
              List.of(
                  "\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"MARKER\"}",
                  "\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"note://1\",\"title\":\"MARKER\"}",
                  "\"id\":1,\"method\":\"sampling/createMessage\",\"params\":{\"systemPrompt\":\"MARKER\"}",
                  "\"id\":2,\"method\":\"elicitation/create\",\"params\":{\"message\":\"MARKER\"}",
                  "\"id\":3,\"method\":\"roots/list\",\"x\":\"MARKER\"",
                  "\"method\":\"notifications/tasks/status\",\"params\":{\"taskId\":\"1\",\"statusMessage\":\"MARKER\"}",
                  "\"id\":77,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"MARKER\"}]}",
                  "\"id\":78,\"error\":{\"code\":1,\"message\":\"MARKER\"}",
                  "\"id\":null,\"error\":{\"code\":1,\"message\":\"MARKER\"}")) {
            asked.say("{\"jsonrpc\":\"2.0\"," + said.replace("MARKER", Places.MARKER) + "}");
          }
          asked.say("no JSON: " + Places.MARKER);
          asked.endStream();
        });
    Received received = listen("").received();

    assertThat(received.status()).isEqualTo(200);
    assertThat(received.messages()).hasSizeGreaterThanOrEqualTo(6);
    isClean(received.raw());
  }

  @Test
  void norIsWhatIsReplayed() throws Exception {
    server.on(
        "GET",
        asked -> {
          asked.say(
              "e1",
              "{\"jsonrpc\":\"2.0\",\"id\":4711,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
                  + Places.MARKER
                  + "\"}]}}");
          asked.say(
              "e2",
              "{\"jsonrpc\":\"2.0\",\"id\":4712,\"error\":{\"code\":1,\"message\":\""
                  + Places.MARKER
                  + "\"}}");
          asked.endStream();
        });
    Received received = listen("e0").received();

    assertThat(received.raw()).contains("e1").contains("4711").contains("4712");
    isClean(received.raw());
    assertThat(http.log()).contains("method:replayed");
  }

  @Test
  void norIsTheBodyOfARefusalToListenOrToEnd() throws Exception {
    for (String verb : List.of("GET", "DELETE")) {
      server.on(
          verb,
          asked ->
              asked.raw(
                  "HTTP/1.1 405 "
                      + Places.MARKER
                      + "\r\ncontent-type: application/json\r\nallow: "
                      + Places.MARKER
                      + "\r\ncontent-length: "
                      + Places.MARKER.length()
                      + "\r\n\r\n"
                      + Places.MARKER));
      Received received = session.open(verb, new byte[0], Map.of()).received();

      assertThat(received.status()).isEqualTo(405);
      isClean(received.raw());
    }
  }
}
