package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be put on record does not happen, or is not told. */
@Timeout(120)
final class AuditFaultsTest {
  private static final String LOOK = Requests.call("look", "{}");

  @TempDir Path directory;
  private ScriptedServer server;
  private GatewayUnderTest gateway;
  private final FailingLog log = new FailingLog();

  /** A log whose disk is full after so many records. */
  private static final class FailingLog implements AuditLog {
    private final AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    public CompletionStage<Receipt> append(AuditRecord record) {
      return room.decrementAndGet() >= 0
          ? CompletableFuture.completedFuture(new Receipt(0))
          : CompletableFuture.failedFuture(new IOException("no space left on /var/secret"));
    }

    @Override
    public List<Json> readLogs(int limit) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    gateway =
        GatewayUnderTest.of(
            "{ url: \"" + server.uri() + "\" }",
            directory,
            file -> Governor.builder().auditLog(log).build());
    server.on("tools/call", asked -> asked.text("the answer"));
    server.on("resources/read", asked -> asked.result("{\"contents\":[\"the answer\"]}"));
  }

  @AfterEach
  void end() throws Exception {
    gateway.close();
    server.close();
  }

  @Test
  void anAttemptThatCannotBeRecordedIsNotMade() throws Exception {
    WireClient client = gateway.client().initialized();
    client.legacy("tools/call", LOOK);
    int before = server.seen("tools/call").size();
    log.room.set(0);

    Received received = client.legacy("tools/call", LOOK);
    Received read = client.legacy("resources/read", "{\"uri\":\"note://1\"}");

    assertThat(received.denied()).isEqualTo("audit_unavailable executed=no");
    assertThat(read.errorCode()).isEqualTo(-32_010);
    assertThat(server.seen("tools/call")).hasSize(before);
    assertThat(server.seen("resources/read")).isEmpty();
    assertThat(received.raw() + read.raw()).doesNotContain("space").doesNotContain("secret");
  }

  @Test
  void anOutcomeThatCannotBeRecordedIsNotTold() throws Exception {
    WireClient client = gateway.client().initialized();
    client.legacy("tools/call", LOOK);
    log.room.set(1);

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo("audit_unavailable executed=yes");
    assertThat(received.raw()).doesNotContain("the answer").doesNotContain("secret");

    log.room.set(1);
    Received read = client.legacy("resources/read", "{\"uri\":\"note://1\"}");
    assertThat(read.errorCode()).isEqualTo(-32_010);
    assertThat(read.raw()).doesNotContain("the answer").contains("audit_unavailable");
  }

  @Test
  void anAnswerInAStreamIsNotToldEither() throws Exception {
    WireClient client = gateway.client().initialized();
    client.legacy("tools/call", LOOK);
    server.on(
        "tools/call",
        asked -> {
          asked.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}");
          asked.text("the answer");
        });
    log.room.set(1);

    Received received = client.legacy("tools/call", LOOK);

    assertThat(received.denied()).isEqualTo("audit_unavailable executed=yes");
    assertThat(received.raw()).contains("notifications/progress").doesNotContain("the answer");
  }

  @Test
  void noAnswerIsReplayedThatCannotBeRecorded() throws Exception {
    WireClient client = gateway.client().initialized();
    server.on(
        "GET",
        asked -> {
          asked.say(
              "e1",
              "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"the answer\"}]}}");
          asked.endStream();
        });
    log.room.set(0);

    Received received =
        client.open("GET", new byte[0], java.util.Map.of("Last-Event-ID", "e0")).received();

    assertThat(received.raw()).doesNotContain("the answer");
  }

  @Test
  void aToolThatCannotBePinnedOnRecordIsNotCalled() throws Exception {
    log.room.set(0);

    Received received = gateway.client().legacy("tools/call", LOOK);

    assertThat(received.raw()).doesNotContain("the answer");
    assertThat(server.seen("tools/call")).isEmpty();
  }
}
