package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import java.time.Duration;

/** What is said when a server's process fails, in sentences fit for a client. */
final class ChildFailures {
  private static final String ASK_OPERATOR =
      "Whoever runs the gateway finds the server's own messages on the gateway's standard error.";

  private final String server;

  ChildFailures(String server) {
    this.server = server;
  }

  UpstreamException notStarted() {
    return new UpstreamException(
        Reached.NO,
        "Server '" + server + "' cannot be started: its command was not found or may not be run.",
        "Check 'command' of this server in the gateway's configuration.",
        null);
  }

  UpstreamException endedBefore() {
    return new UpstreamException(
        Reached.NO,
        "The process of server '" + server + "' has ended; nothing was sent to it.",
        "Start a new session (send 'initialize' again). " + ASK_OPERATOR,
        null);
  }

  UpstreamException endedMeanwhile() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The process of server '"
            + server
            + "' ended before it answered; whether it did what was asked is not known.",
        "See whether it was done before asking again, in a new session. " + ASK_OPERATOR,
        null);
  }

  UpstreamException doesNotRead() {
    return new UpstreamException(
        Reached.NO,
        "Server '" + server + "' does not read what it is sent; nothing was asked of it.",
        "Try again later, or end the session. " + ASK_OPERATOR,
        null);
  }

  UpstreamException tooManyAtOnce() {
    return new UpstreamException(
        Reached.NO,
        "Server '" + server + "' is busy with as many requests as it may have at once.",
        "Wait for answers before asking more.",
        Duration.ofSeconds(1));
  }

  UpstreamException tooSlow(Duration patience) {
    return new UpstreamException(
        Reached.UNKNOWN,
        "Server '" + server + "' said nothing for " + patience.toSeconds() + " s.",
        "See whether it was done before asking again.",
        null);
  }

  UpstreamException notReadInTime() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The answer of server '" + server + "' was given up, since it was not read.",
        "Read answers as they come.",
        null);
  }

  UpstreamException unreadable() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "Server '" + server + "' gave an answer that is too large or cannot be read.",
        "See whether it was done before asking again; ask for less. " + ASK_OPERATOR,
        null);
  }

  UpstreamException idInUse() {
    return new UpstreamException(
        Reached.NO,
        "Another request with this id is still being answered.",
        "Give each request of a session an id of its own.",
        null);
  }

  UpstreamException cancelled() {
    return new UpstreamException(
        Reached.UNKNOWN,
        "The request was cancelled by its client.",
        "Nothing needs to be done.",
        null);
  }

  UpstreamException cancelledBefore() {
    return new UpstreamException(
        Reached.NO,
        "The request was cancelled by its client before it was sent.",
        "Nothing needs to be done.",
        null);
  }

  UpstreamException crashLoop(int lives, Duration left) {
    return new UpstreamException(
        Reached.NO,
        "The process of server '"
            + server
            + "' ended "
            + lives
            + " times in a row soon after it was started, and is left alone for a while.",
        "Try again later. " + ASK_OPERATOR,
        left);
  }

  UpstreamException restartsLater(Duration left) {
    return new UpstreamException(
        Reached.NO,
        "The process of server '" + server + "' ended soon after it was started.",
        "Try again a little later. " + ASK_OPERATOR,
        left);
  }

  UpstreamException tooManyProcesses(int max) {
    return new UpstreamException(
        Reached.NO,
        "Server '" + server + "' runs as often as it may at once (" + max + " processes).",
        "Try again later; whoever runs the gateway can raise 'processes' of this server.",
        null);
  }

  UpstreamException tooManyOfPrincipal(int max) {
    return new UpstreamException(
        Reached.NO,
        "You use as many processes of server '" + server + "' as you may at once (" + max + ").",
        "End sessions that you no longer need (DELETE with their Mcp-Session-Id).",
        null);
  }

  UpstreamException tooManySessions(int max) {
    return new UpstreamException(
        Reached.NO,
        "Server '" + server + "' has as many sessions as it may (" + max + ").",
        "End sessions that are no longer needed (DELETE with their Mcp-Session-Id).",
        null);
  }

  UpstreamException notInitialized() {
    return new UpstreamException(
        Reached.NO,
        "Server '" + server + "' refused the gateway's 'initialize'; nothing was asked of it.",
        "A server of the 2026 revision is used without 'initialize'. " + ASK_OPERATOR,
        null);
  }

  UpstreamException closing() {
    return new UpstreamException(
        Reached.NO,
        "The gateway is ending; nothing was asked of server '" + server + "'.",
        "Try again when it is started again.",
        null);
  }
}
