package io.mcpgovernor.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * This machine's clock, by which tokens and grants end: does it run evenly, is it behind what is
 * written already, and what do others say? Nobody is asked besides the servers behind the gateway.
 */
final class ClockCheck {
  private static final String WHAT = "clock";
  private static final String MEND =
      "have this machine's clock set (NTP): tokens and grants end by it, records are dated by it";
  private static final Duration LITTLE = Duration.ofSeconds(5);
  private static final Duration MUCH = Duration.ofSeconds(60);

  private final Instant begun = Instant.now();
  private final long begunNanos = System.nanoTime();
  private final Map<String, Duration> ahead = new TreeMap<>();

  /** Begins to look. */
  ClockCheck() {}

  /** Notes what somebody else's clock says, to the second, at the same moment as ours. */
  void compare(String whose, Instant theirs, Instant ours) {
    // A server writes whole seconds: on average it is half a second later.
    ahead.put(whose, Duration.between(theirs.plusMillis(500), ours));
  }

  /** What is found, at the end of all that was looked at meanwhile. */
  List<Finding> look(AuditCheck.@Nullable Found audit) {
    List<Finding> findings = new ArrayList<>();
    Instant now = Instant.now();
    Duration uneven = Duration.between(begun, now).minusNanos(System.nanoTime() - begunNanos).abs();
    if (uneven.compareTo(Duration.ofMillis(500)) > 0) {
      findings.add(Finding.warn(WHAT, "it was set while this looked at it", "look again"));
    }
    if (audit != null && audit.lastWritten() != null) {
      Duration behind = Duration.between(now, audit.lastWritten());
      if (behind.compareTo(LITTLE) > 0) {
        findings.add(
            Finding.fail(WHAT, "it is " + text(behind) + " behind the newest record", MEND));
      }
    }
    if (audit != null && audit.fileClockAhead() != null) {
      judge("the file system of the audit log", audit.fileClockAhead().negated(), findings);
    }
    ahead.forEach((server, by) -> judge("the server " + server, by, findings));
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              WHAT,
              ahead.isEmpty()
                  ? "runs evenly, and is not behind what is written; no server over HTTP said what"
                      + " time it is there"
                  : "agrees with " + String.join(", ", ahead.keySet())));
    }
    return findings;
  }

  private static void judge(String whose, Duration ahead, List<Finding> findings) {
    Duration by = ahead.abs();
    if (by.compareTo(LITTLE) > 0) {
      String text = "it is " + text(by) + (ahead.isNegative() ? " behind " : " ahead of ") + whose;
      findings.add(
          by.compareTo(MUCH) > 0 ? Finding.fail(WHAT, text, MEND) : Finding.warn(WHAT, text, MEND));
    }
  }

  private static String text(Duration by) {
    long seconds = by.toSeconds();
    return seconds < 120
        ? seconds + " s"
        : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }
}
