package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a server, in words fit for a client. */
final class UpstreamFailures {
  private static final String LOOK = "Look whether the server runs.";
  private static final String MAYBE_DONE =
      "Look whether it was done before doing it again, and whether the server runs.";

  private UpstreamFailures() {}

  static UpstreamException unreachable() {
    return new UpstreamException(Reached.NO, "The server cannot be reached.", LOOK, null);
  }

  static UpstreamException untrusted() {
    return new UpstreamException(
        Reached.NO,
        "The server could not prove who it is, or does not speak TLS.",
        "Have the administrator look at the server's certificate; the gateway's log says more.",
        null);
  }

  static UpstreamException busy() {
    return new UpstreamException(
        Reached.NO,
        "The server is working on as many requests as it may have.",
        "Try again in a moment.",
        Duration.ofSeconds(1));
  }

  static UpstreamException noMemory() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The gateway holds as much as it has memory for, and could not take the answer.",
        "Look whether it was done before doing it again; ask for less at a time.",
        Duration.ofSeconds(1));
  }

  static UpstreamException closed() {
    return new UpstreamException(Reached.NO, "The gateway is closing.", "Try again later.", null);
  }

  static UpstreamException letGo() {
    return new UpstreamException(
        Reached.UNKNOWN, "The answer was not waited for.", MAYBE_DONE, null);
  }

  static UpstreamException gone(boolean answering) {
    return new UpstreamException(
        Reached.UNKNOWN,
        answering
            ? "The server went away in the middle of its answer."
            : "The server went away without an answer.",
        MAYBE_DONE,
        null);
  }

  static UpstreamException slow(Duration patience) {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The server did not answer within " + seconds(patience) + ".",
        "Look whether it was done before doing it again; ask for less at a time.",
        null);
  }

  static UpstreamException garbage() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The server's answer cannot be read.",
        "Look whether it was done before doing it again, and whether the address is that of an MCP"
            + " server.",
        null);
  }

  static UpstreamException tooLarge(int bytesMax) {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The server's answer is larger than " + bytesMax + " bytes.",
        "Ask for less at a time.",
        null);
  }

  static UpstreamException redirect(int status) {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The server answered with a redirect (" + status + "), which the gateway does not follow.",
        "Have the administrator set the address the server is really at.",
        null);
  }

  static UpstreamException status(int status, @Nullable Duration retryAfter) {
    // 429 says that nothing was done; 503 may come from a proxy that gave up.
    return new UpstreamException(
        status == 429 ? Reached.NO : Reached.UNKNOWN,
        status == 429
            ? "The server wants fewer requests (429)."
            : "The server failed (" + status + ").",
        status == 429 ? "Try again later." : MAYBE_DONE,
        retryAfter);
  }

  private static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
