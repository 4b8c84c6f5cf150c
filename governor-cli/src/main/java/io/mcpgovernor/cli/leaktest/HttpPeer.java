package io.mcpgovernor.cli.leaktest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A server over Streamable HTTP. It hears what comes with the response to a request. */
final class HttpPeer implements Peer {
  private static final Duration TELL_MAX = Duration.ofSeconds(10);

  private final URI uri;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TELL_MAX).build();
  private @Nullable String session;

  HttpPeer(URI uri) {
    this.uri = uri;
  }

  @Override
  public Received ask(long id, String request, Duration timeout) throws IOException {
    HttpResponse<String> response = post(request, timeout);
    if (response == null) {
      return new Received(List.of(), false);
    }
    response.headers().firstValue("Mcp-Session-Id").ifPresent(given -> session = given);
    List<String> messages = messages(response);
    // Whatever came must be looked at; the response goes last.
    for (int i = 0; i < messages.size(); i++) {
      if (Peer.answers(messages.get(i), id)) {
        messages.add(messages.remove(i));
        return new Received(messages, true);
      }
    }
    return new Received(messages, false);
  }

  @Override
  public void tell(String notification) throws IOException {
    post(notification, TELL_MAX);
  }

  private @Nullable HttpResponse<String> post(String body, Duration timeout) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(body));
    if (session != null) {
      request.header("Mcp-Session-Id", session).header("MCP-Protocol-Version", LeakTest.PROTOCOL);
    }
    CompletableFuture<HttpResponse<String>> sent =
        http.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sent.cancel(true);
      return null;
    } catch (ExecutionException e) {
      throw new IOException("no answer from " + uri + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** One message, or those of an event stream. */
  private static List<String> messages(HttpResponse<String> response) {
    List<String> messages = new ArrayList<>();
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("text/event-stream")) {
      messages.add(response.body());
      return messages;
    }
    StringBuilder data = new StringBuilder();
    for (String line : (response.body() + "\n\n").split("\r\n|\n|\r", -1)) {
      if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(line.substring("data:".length()).strip());
      } else if (line.isEmpty() && !data.isEmpty()) {
        messages.add(data.toString());
        data.setLength(0);
      }
    }
    return messages;
  }

  @Override
  public void close() {
    if (session != null) {
      http.sendAsync(
              HttpRequest.newBuilder(uri).header("Mcp-Session-Id", session).DELETE().build(),
              BodyHandlers.discarding())
          .completeOnTimeout(null, TELL_MAX.toSeconds(), TimeUnit.SECONDS)
          .exceptionally(e -> null)
          .join();
    }
    http.shutdownNow();
  }
}
