package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.http.Authenticator;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.trace.TraceExport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets over the wire: names of ours, and nothing that a client or user said. */
@Timeout(120)
final class TraceExportTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @TempDir Path directory;
  private final ScriptedServer server;
  private final HttpServer collector;
  private final Map<String, String> got = new ConcurrentHashMap<>();

  TraceExportTest() throws Exception {
    server = new ScriptedServer();
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  }

  @BeforeEach
  void collect() {
    collector.createContext(
        "/v1/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
          got.merge(exchange.getRequestURI().getPath(), body, String::concat);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void end() throws Exception {
    collector.stop(0);
    server.close();
  }

  private TraceExport export() {
    return TraceExport.start(
        Map.of(
            "otel.exporter.otlp.endpoint",
            "http://127.0.0.1:" + collector.getAddress().getPort(),
            "otel.exporter.otlp.compression",
            "none"),
        new MessageBounds(1 << 20, 128));
  }

  /** A gateway all of whose requests are exported, asked for some. */
  private void ask() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("governor.yaml"),
            GatewayUnderTest.yaml("{ url: \"" + server.uri() + "\" }"));
    try (TraceExport export = export();
        Gateway gateway =
            Gateway.start(
                ConfigFile.read(file),
                Operations.traced(ConfigFile.read(file), export),
                credentials -> new Authenticator.Accepted(Principal.verified("alice")),
                line -> {})) {
      WireClient client = new WireClient(gateway.endpoints().getFirst());
      client.legacy(
          "tools/call",
          "{\"name\":\"look\",\"arguments\":{\"who\":\"zaphod\"},\"_meta\":{\"traceparent\":\"00-"
              + TRACE
              + "-"
              + PARENT
              + "-01\"}}");
      client.legacy("tools/call", Requests.call("made-up-by-a-client", "{}"));
      client.legacy("ping", "{}");
      client.legacy("method/made-up", "{}");
    }
  }

  @Test
  void aCallIsASpanOfTheClientsTraceAndADuration() throws Exception {
    ask();
    assertThat(got.get("/v1/traces"))
        .contains("tools/call look", "mcp.method.name", "gen_ai.tool.name", "mcp-governor", "ping")
        .contains(new String(HexFormat.of().parseHex(TRACE), ISO_8859_1))
        .contains(new String(HexFormat.of().parseHex(PARENT), ISO_8859_1));
    assertThat(got.get("/v1/metrics"))
        .contains("mcp.server.operation.duration", "tools/call", "look");
  }

  @Test
  void nothingThatAClientOrUserSaidIsExported() throws Exception {
    ask();
    String all = got.toString();
    assertThat(all)
        .contains("tools/call _unknown", "_OTHER")
        .doesNotContain("alice", "zaphod", "made-up", "done");
  }

  @Test
  void onlyVariablesOfOpenTelemetryTurnItOn() {
    assertThat(Operations.isTracingWanted(Map.of())).isFalse();
    assertThat(Operations.isTracingWanted(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x")))
        .isTrue();
    assertThat(
            Operations.isTracingWanted(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x", "OTEL_SDK_DISABLED", "true")))
        .isFalse();
  }
}
