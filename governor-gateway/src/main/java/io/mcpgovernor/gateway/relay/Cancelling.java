package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.Message;
import java.time.Duration;
import java.util.Map;

/**
 * Tells a server of the revisions with sessions that nobody waits for its answer any more. Later
 * ones know by the end of the stream. Nothing depends on it, and nobody waits for it.
 */
final class Cancelling {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Cancelling() {}

  static void tell(Route route, Incoming request) {
    if (request.isStateless() && request.hasHeaders()) {
      return;
    }
    Message cancelled =
        Message.notification(
            "notifications/cancelled",
            Json.of(Map.of("requestId", Json.text(request.id().json()).tree())));
    UpstreamRequest telling =
        new UpstreamRequest(Verb.POST, request.headers(), cancelled, request.caller(), PATIENCE);
    Thread.startVirtualThread(
        () -> {
          try {
            route.send(telling).close();
          } catch (UpstreamException e) {
            // It cannot be told.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
