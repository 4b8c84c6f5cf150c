package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.Caller;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.Verb;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Asks servers in tests. */
final class Asking {
  private static final MessageBounds BOUNDS = new MessageBounds(16 << 20, 64);
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Asking() {}

  static Caller caller(String user) {
    return new Caller(Principal.verified(user), "");
  }

  static UpstreamRequest post(String json) {
    return post(json, Headers.NONE, "alice");
  }

  static UpstreamRequest post(String json, Headers headers, String user) {
    return post(json, headers, user, PATIENCE);
  }

  static UpstreamRequest post(String json, Headers headers, String user, Duration patience) {
    try {
      Message message = Message.ofClient(json.getBytes(StandardCharsets.UTF_8), BOUNDS);
      return new UpstreamRequest(Verb.POST, headers, message, caller(user), patience);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static UpstreamRequest get(Headers headers, String user) {
    return new UpstreamRequest(Verb.GET, headers, null, caller(user), PATIENCE);
  }

  static String request(int id, String method) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}";
  }

  static String notification(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  /** Has the server write these lines. */
  static String say(int id, String... lines) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"say\",\"params\":{\"lines\":"
        + new String(Json.of(Arrays.asList(lines)).utf8(), StandardCharsets.UTF_8)
        + "}}";
  }

  static String answer(Object id, String value) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"value\":\"" + value + "\"}}";
  }

  /** What is heard until the reply ends. */
  static List<String> all(UpstreamReply reply) throws Exception {
    List<String> events = new java.util.ArrayList<>();
    for (String event = next(reply); event != null; event = next(reply)) {
      events.add(event);
    }
    return events;
  }

  static @Nullable String next(UpstreamReply reply) throws Exception {
    SseEvent event = reply.next();
    return event == null ? null : new String(event.data(), StandardCharsets.UTF_8);
  }

  /** The member {@code value} of a result. */
  static String value(@Nullable String answer) {
    Object result = Json.text(Objects.requireNonNull(answer)).object().get("result");
    return String.valueOf(((java.util.Map<?, ?>) Objects.requireNonNull(result)).get("value"));
  }

  static String ask(Upstream upstream, UpstreamRequest request) throws Exception {
    try (UpstreamReply reply = upstream.send(request)) {
      return Objects.requireNonNull(all(reply).getLast());
    }
  }

  /** Asks beside the test. */
  static CompletableFuture<List<String>> later(Upstream upstream, UpstreamRequest request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (UpstreamReply reply = upstream.send(request)) {
            return all(reply);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
