package io.mcpgovernor.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.GovernorConfig.NewTools;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.catalogue.Pins;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.message.SseEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateAnswerTest {
  private static final MessageBounds BOUNDS = new MessageBounds(1 << 20, 32);

  @TempDir private Path directory;

  @Test
  void aCallThatIsAnsweredAsItsTimeEndsIsToldThatItsTimeWasOver() throws Exception {
    try (Governor governor =
            Governor.builder()
                .timeout(Duration.ofMillis(20))
                .durability(Durability.FLUSH)
                .auditTo(directory.resolve("audit"))
                .build();
        Pins pins = Pins.open(directory.resolve("pins.json"));
        Relay relay =
            new Relay(
                governor,
                new Catalogue("crm", governor, pins, () -> NewTools.PIN),
                new LateServer(),
                new RelayOptions(BOUNDS, BOUNDS, Duration.ofSeconds(20), true, 10))) {
      OneAnswer client =
          new OneAnswer(
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
                  + "\"params\":{\"name\":\"look\",\"arguments\":{}}}");
      relay.handle(client);
      assertThat(client.answer).contains("\"code\":\"timeout\"").contains("\"id\":1");
    }
  }

  /** It has its answer ready in the very moment in which nobody waits for it any more. */
  private static final class LateServer implements Upstream {
    @Override
    public UpstreamReply send(UpstreamRequest request) {
      Message message = Objects.requireNonNull(request.message());
      return switch (message.method()) {
        case "tools/list" ->
            new OneReply(
                message, "{\"tools\":[{\"name\":\"look\",\"inputSchema\":{\"type\":\"object\"}}]}");
        case "tools/call" -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            // The time is over, and here the answer comes.
          }
          yield new OneReply(message, "{\"content\":[]}");
        }
        default -> throw new AssertionError(message.method());
      };
    }

    @Override
    public void close() {}
  }

  /** A body with a result. */
  private static final class OneReply implements UpstreamReply {
    private @Nullable SseEvent body;

    OneReply(Message request, String result) {
      body =
          SseEvent.of(
              Message.result(Objects.requireNonNull(request.id()), Json.text(result)).utf8());
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Headers headers() {
      return Headers.NONE;
    }

    @Override
    public boolean isStream() {
      return false;
    }

    @Override
    public @Nullable SseEvent next() {
      SseEvent next = body;
      body = null;
      return next;
    }

    @Override
    public void close() {}
  }

  /** A client that is answered with a body. */
  private static final class OneAnswer implements ClientExchange {
    private final byte[] body;
    private String answer = "";

    OneAnswer(String body) {
      this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Verb verb() {
      return Verb.POST;
    }

    @Override
    public Headers headers() {
      return new Headers(Map.of(Headers.PROTOCOL, "2025-11-25"));
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public Principal principal() {
      return Principal.verified("alice");
    }

    @Override
    public void answer(int status, Headers headers, byte[] body) {
      answer = new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void stream(int status, Headers headers) {
      throw new AssertionError("a stream");
    }

    @Override
    public void send(SseEvent event) {
      throw new AssertionError("an event");
    }

    @Override
    public void end() {
      throw new AssertionError("an end");
    }

    @Override
    public void onGone(Runnable task) {
      // It stays.
    }
  }
}
