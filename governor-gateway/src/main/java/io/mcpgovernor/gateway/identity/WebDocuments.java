package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.file.JwtConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches what is published: over https or from this machine, without following redirects, bounded
 * in size and time. Thread-safe.
 */
final class WebDocuments implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ALL = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /**
   * One.
   *
   * @param cacheControl empty without
   */
  record Document(Json body, String cacheControl) {}

  /**
   * Fetches one.
   *
   * @throws IOException if that cannot be done; says which, and why
   */
  Document get(URI at) throws IOException, InterruptedException {
    String host = at.getHost();
    if (host == null
        || !("https".equals(at.getScheme())
            || ("http".equals(at.getScheme()) && JwtConfig.isThisMachine(host)))) {
      throw new IOException(at + ": it is not an https URL, nor on this machine");
    }
    HttpRequest request =
        HttpRequest.newBuilder(at).timeout(ALL).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), KeySource.BYTES_MAX));
    try {
      HttpResponse<byte[]> response = answer.get(ALL.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException(at + ": it answers with HTTP status " + response.statusCode());
      }
      return new Document(
          Json.utf8(response.body()), response.headers().firstValue("cache-control").orElse(""));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          at
              + ": "
              + cause.getClass().getSimpleName()
              + (cause.getMessage() == null ? "" : ": " + cause.getMessage()),
          e);
    } catch (TimeoutException e) {
      throw new IOException(at + ": it takes longer than " + ALL.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
