package io.mcpgovernor;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Probing;
import io.mcpgovernor.policy.RateLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the calls and denials of the last window back where they were counted before the process
 * ended: attempts and denials are on record before anything else happens, so the audit log knows
 * all that counts. A restart does not give anybody a fresh window.
 *
 * <p>Reads the segments that reach into the window, record by record; what ran out is not read.
 */
final class RateHistory {
  private static final byte[] ATTEMPT = marker(Event.ATTEMPT);
  private static final byte[] DENIED = marker(Event.DENIED);

  /** A clock's reading is cut to a millisecond at either end. */
  private static final Duration GRANULE = Duration.ofMillis(2);

  private final Map<String, RateLimit> limits = new HashMap<>();
  private final @Nullable Probing probing;

  private RateHistory(List<RateLimit> limits, @Nullable Probing probing) {
    limits.forEach(limit -> this.limits.put(limit.code().name(), limit));
    this.probing = probing;
  }

  /**
   * Restores limits from a log.
   *
   * @param limits of calls; those of rules count the calls of which the log says so
   * @param probing counts denials; null if they are counted already
   * @throws IOException if the log cannot be read: then nobody knows what was used, and starting
   *     anyway could let twice as much through
   */
  static void restore(
      Path directory, List<RateLimit> limits, @Nullable Probing probing, TimeSource time)
      throws IOException {
    RateHistory history = new RateHistory(limits, probing);
    Duration window = probing == null ? Duration.ZERO : Probing.WINDOW;
    for (RateLimit limit : limits) {
      window = limit.window().compareTo(window) > 0 ? limit.window() : window;
    }
    Instant since = time.now().minus(window).minus(GRANULE);
    try {
      JsonlAuditLog.readSince(directory, since, history::take);
    } catch (RuntimeException e) {
      // Its message may quote the record.
      throw new IOException("a record of the last " + window + " cannot be understood", e);
    }
  }

  private void take(Json line) {
    // Half of all records are outcomes, which hold the results: they are not parsed for nothing.
    if (!contains(line.utf8(), ATTEMPT) && !contains(line.utf8(), DENIED)) {
      return;
    }
    Map<String, @Nullable Object> record = line.object();
    String event = text(record, "event");
    if (event.equals(Event.ATTEMPT.text())) {
      restore(DenialCode.RATE_LIMIT.name(), record);
      if (facts(record).get(Evaluation.CHARGED) instanceof List<?> rules) {
        rules.forEach(rule -> restore(DenialCode.rule(String.valueOf(rule)).name(), record));
      }
    } else if (probing != null
        && event.equals(Event.DENIED.text())
        // Those for too many denials do not count; those that are only counted on record do.
        && !facts(record).containsKey(Probing.LIMIT)) {
      int count = record.get("count") instanceof Number many ? many.intValue() : 1;
      probing.restore(principal(record), count, Instant.parse(text(record, "timestamp")));
    }
  }

  private void restore(String code, Map<String, @Nullable Object> attempt) {
    RateLimit limit = limits.get(code);
    if (limit != null) {
      limit.restore(
          principal(attempt),
          attempt.get("tenant_id") instanceof String tenant ? tenant : null,
          text(attempt, "server"),
          text(attempt, "tool_name"),
          Instant.parse(text(attempt, "timestamp")));
    }
  }

  private static Map<?, ?> facts(Map<String, @Nullable Object> record) {
    return record.get("validation") instanceof Map<?, ?> said
            && said.get("metadata") instanceof Map<?, ?> facts
        ? facts
        : Map.of();
  }

  private static String principal(Map<String, @Nullable Object> record) {
    return Principal.key(text(record, "principal_issuer"), text(record, "user_id"));
  }

  private static String text(Map<String, @Nullable Object> record, String field) {
    if (record.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("the record has no " + field);
  }

  private static boolean contains(byte[] line, byte[] marker) {
    int last = line.length - marker.length;
    for (int i = 0; i <= last; i++) {
      int matched = 0;
      while (matched < marker.length && line[i + matched] == marker[matched]) {
        matched++;
      }
      if (matched == marker.length) {
        return true;
      }
    }
    return false;
  }

  private static byte[] marker(Event event) {
    return ("\"event\":\"" + event.text() + '"').getBytes(StandardCharsets.US_ASCII);
  }
}
