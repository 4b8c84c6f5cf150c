package io.mcpgovernor.sink;

import io.mcpgovernor.sink.Answer.Accepted;
import io.mcpgovernor.sink.Answer.Failed;
import io.mcpgovernor.sink.Answer.Refused;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The other end: takes bodies by POST. TLS and certificates are the JDK's; redirects are not
 * followed, because whoever could answer one would get the records. No text of the receiver's gets
 * into messages. Used by one thread.
 */
final class Receiver {
  /** What says that a body, and not its sender or the receiver, is at fault. */
  private static final Set<Integer> REFUSALS = Set.of(400, 406, 409, 411, 413, 415, 422, 431);

  private final HttpClient client;
  private final URI uri;
  private final Map<String, String> headers;
  private final @Nullable Supplier<String> bearer;
  private final Duration timeout;

  Receiver(
      URI uri, Map<String, String> headers, @Nullable Supplier<String> bearer, Duration timeout) {
    this.uri = uri;
    this.headers = headers;
    this.bearer = bearer;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** Only what anybody may see: no user, no query. */
  String name() {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /**
   * Sends a body and waits for the answer, within the time-out from beginning to end.
   *
   * @throws InterruptedException if somebody wants this thread to end
   */
  Answer post(byte[] body, Map<String, String> more) throws InterruptedException {
    HttpRequest request;
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(uri)
              .timeout(timeout)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(builder::setHeader);
      more.forEach(builder::setHeader);
      if (bearer != null) {
        builder.setHeader("Authorization", "Bearer " + bearer.get());
      }
      request = builder.build();
    } catch (RuntimeException e) { // the host's supplier, or a token that is no header
      return new Failed("no token for it: " + e.getClass().getName(), null);
    }
    // The client's own time-out ends with the headers, and a body may take for ever.
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      return read(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Failed("no answer within " + timeout.toMillis() + " ms", null);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Failed(cause.getClass().getName(), null);
    } finally {
      answer.cancel(true); // does nothing to one that has come
    }
  }

  private static Answer read(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Accepted();
    }
    if (REFUSALS.contains(status)) {
      return new Refused(status);
    }
    return new Failed(
        "status " + status + (status / 100 == 3 ? ", and redirects are not followed" : ""),
        response
            .headers()
            .firstValue("Retry-After")
            .map(text -> RetryAfter.of(text, Instant.now()))
            .orElse(null));
  }
}
