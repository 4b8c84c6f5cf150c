package io.mcpgovernor.examples.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpgovernor.Governor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records and checkpoints reach a real receiver. */
final class RecordsElsewhereTest {
  @TempDir Path temporary;

  @Test
  void recordsAndCheckpointsArrive() throws Exception {
    BlockingQueue<String> records = new LinkedBlockingQueue<>();
    BlockingQueue<String> checkpoints = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/records",
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
              .isEqualTo("Bearer secret");
          answered(exchange, records, new GZIPInputStream(exchange.getRequestBody()));
        });
    server.createContext(
        "/checkpoints", exchange -> answered(exchange, checkpoints, exchange.getRequestBody()));
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      try (Governor governor =
          RecordsElsewhere.start(
              temporary.resolve("audit"),
              base.resolve("/records"),
              () -> "secret",
              base.resolve("/checkpoints"))) {
        governor.grants().grantTenantAccess("alice", "acme");

        assertThat(records.poll(60, TimeUnit.SECONDS)).contains("\"object\":\"acme\"", "\"hash\":");
      }
      assertThat(checkpoints.poll(60, TimeUnit.SECONDS)).startsWith("mcp-governor/");
    } finally {
      server.stop(0);
    }
  }

  private static void answered(
      HttpExchange exchange, BlockingQueue<String> bodies, InputStream body) throws IOException {
    bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }
}
