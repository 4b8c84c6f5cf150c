package io.mcpgovernor.sink;

import io.mcpgovernor.audit.CheckpointSink;
import io.mcpgovernor.sink.Answer.Accepted;
import io.mcpgovernor.sink.Answer.Failed;
import io.mcpgovernor.sink.Answer.Refused;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands signed checkpoints of an audit log to somebody elsewhere, by POST of the note as plain text
 * (C2SP tlog-checkpoint): who holds one can prove that what it covers was changed later.
 *
 * <p>Each is sent once, within ten seconds. One that does not arrive is no loss as long as a later
 * one does, because that covers it. Redirects are not followed. Used by one thread.
 */
public final class HttpCheckpoints implements CheckpointSink {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Receiver receiver;

  private HttpCheckpoints(Receiver receiver) {
    this.receiver = receiver;
  }

  /**
   * A receiver that takes them from anybody.
   *
   * @param receiver where to POST to: https, or http on this machine
   */
  public static HttpCheckpoints to(URI receiver) {
    return of(receiver, null);
  }

  /**
   * A receiver that wants to know who sends.
   *
   * @param receiver where to POST to: https, or http on this machine
   * @param token a bearer token (RFC 6750), asked for before each request, never logged
   */
  public static HttpCheckpoints to(URI receiver, Supplier<String> token) {
    return of(receiver, token);
  }

  private static HttpCheckpoints of(URI receiver, @Nullable Supplier<String> token) {
    return new HttpCheckpoints(
        new Receiver(HttpAuditSinkBuilder.safe(receiver), Map.of(), token, TIMEOUT));
  }

  @Override
  public void accept(String note) throws IOException {
    Answer answer;
    try {
      answer =
          receiver.post(
              note.getBytes(StandardCharsets.UTF_8),
              Map.of("Content-Type", "text/plain; charset=utf-8"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (answer instanceof Accepted) {
      return;
    }
    String problem =
        answer instanceof Failed failed
            ? failed.problem()
            : "status " + ((Refused) answer).status();
    throw new IOException(receiver.name() + " did not take a checkpoint: " + problem);
  }
}
