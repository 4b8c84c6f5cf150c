package io.mcpgovernor.cli.differential;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.JsonSlices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A client of Streamable HTTP that looks at messages as they come: no type of an SDK stands between
 * the bytes and whoever compares them.
 */
final class RawClient implements AutoCloseable {
  private static final String REVISION = "2025-11-25";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;
  private final String session;

  /** Opens a session. */
  RawClient(URI uri) throws IOException, InterruptedException {
    this.uri = uri;
    HttpResponse<String> opened =
        http.send(
            request()
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s",\
                        "capabilities":{},"clientInfo":{"name":"differential","version":"1"}}}\
                        """
                            .formatted(REVISION)))
                .build(),
            BodyHandlers.ofString());
    if (opened.statusCode() != 200) {
      throw new IOException("no session: " + opened.statusCode() + " " + opened.body());
    }
    session = opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
    post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").join();
  }

  /** Sends a request. */
  CompletableFuture<WireAnswer> ask(long id, String message) {
    return post(message).thenApply(response -> answer(id, response));
  }

  private static WireAnswer answer(long id, HttpResponse<String> response) {
    String wanted = Long.toString(id);
    for (String text : messages(response)) {
      Map<String, Json> members = JsonSlices.members(Json.text(text));
      Json answered = members.get("id");
      if (answered != null && JsonText.of(answered).equals(wanted)) {
        Json result = members.get("result");
        return result != null
            ? new WireAnswer("result", JsonText.of(result))
            : new WireAnswer("error", JsonText.of(members.get("error")));
      }
    }
    return new WireAnswer("HTTP " + response.statusCode(), response.body());
  }

  private CompletableFuture<HttpResponse<String>> post(String message) {
    return http.sendAsync(
        request().header("Mcp-Session-Id", session).POST(BodyPublishers.ofString(message)).build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(uri)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", REVISION);
  }

  private static List<String> messages(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("text/event-stream")) {
      return response.body().startsWith("{") ? List.of(response.body()) : List.of();
    }
    List<String> messages = new ArrayList<>();
    for (String line : response.body().split("\r?\n")) {
      if (line.startsWith("data:") && line.contains("{")) {
        messages.add(line.substring("data:".length()).strip());
      }
    }
    return messages;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
