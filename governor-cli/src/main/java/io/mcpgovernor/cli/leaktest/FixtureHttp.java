package io.mcpgovernor.cli.leaktest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The fixture over Streamable HTTP, on the loopback interface only. */
public final class FixtureHttp implements AutoCloseable {
  private static final int REQUEST_BYTES_MAX = 1 << 20;

  private final HttpServer server;
  private final ExecutorService threads;

  private FixtureHttp(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   */
  public static FixtureHttp start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    server.setExecutor(threads);
    server.createContext("/mcp", FixtureHttp::handle);
    server.start();
    return new FixtureHttp(server, threads);
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(REQUEST_BYTES_MAX);
      List<String> messages = Fixture.answer(new String(body, StandardCharsets.UTF_8));
      if (messages.isEmpty()) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      boolean isOne = messages.size() == 1;
      StringBuilder events = new StringBuilder();
      messages.forEach(message -> events.append("data: ").append(message).append("\n\n"));
      byte[] answer =
          (isOne ? messages.get(0) : events.toString()).getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .set("Content-Type", isOne ? "application/json" : "text/event-stream");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
