package io.mcpgovernor.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.audit.JsonlAuditLog;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that somebody else holds. */
final class HttpCheckpointsTest {
  @Test
  void aReceiverGetsTheNotesThatAreOnRecord(@TempDir Path temporary) throws Exception {
    List<String> notes = Collections.synchronizedList(new ArrayList<>());
    try (TestReceiver receiver = new TestReceiver()) {
      receiver.answers(
          (request, body, answer) -> {
            notes.add(body);
            return 200;
          });
      AuditOptions options =
          AuditOptions.builder()
              .checkpointSink(HttpCheckpoints.to(receiver.uri(), () -> "the-token"))
              .build();
      Path audit = temporary.resolve("audit");
      try (JsonlAuditLog log = JsonlAuditLog.open(audit, options)) {
        log.append(HttpAuditSinkTest.record("one")).toCompletableFuture().join();
      } // closing writes a checkpoint
      String origin = Files.readString(temporary.resolve("audit.keys").resolve("origin")).strip();
      assertThat(notes).hasSize(1);
      assertThat(notes.get(0)).startsWith(origin + "\n1\n").contains("\n\n\u2014 " + origin + " ");
      String file = Files.readString(audit.resolve("audit-000001.jsonl"), StandardCharsets.UTF_8);
      assertThat(file).contains(notes.get(0).replace("\n", "\\n"));
      assertThat(receiver.headers().get(0).getFirst("Authorization")).isEqualTo("Bearer the-token");
      assertThat(receiver.headers().get(0).getFirst("Content-Type")).startsWith("text/plain");
    }
  }

  @Test
  void whatDidNotArriveIsSaidWithoutTokenOrAddress() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      HttpCheckpoints checkpoints = HttpCheckpoints.to(receiver.uri(), () -> "the-token");
      for (int status : new int[] {0, 302, 400, 401, 500}) {
        receiver.answers((request, body, answer) -> status);
        assertThatThrownBy(() -> checkpoints.accept("note"))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(status == 0 ? "did not take" : "status " + status)
            .message()
            .doesNotContain("the-token", "topsecret");
      }
    }
    assertThatThrownBy(() -> HttpCheckpoints.to(URI.create("http://logs.example.com/")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
