package io.mcpgovernor.cli.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Adds up records. Groups are bounded, because names of users and tools come from others. */
final class LogStats {
  /** What records are grouped by. */
  enum By {
    USER(LogEntry::user),
    TENANT(entry -> entry.tenant() == null ? "-" : entry.tenant()),
    TOOL(LogEntry::tool),
    SERVER(entry -> entry.server() == null ? "-" : entry.server()),
    POLICY(entry -> entry.code() == null ? "-" : entry.code());

    @SuppressWarnings("ImmutableEnumChecker") // reads fields of what it is given, and no others
    private final Function<LogEntry, String> name;

    By(Function<LogEntry, String> name) {
      this.name = name;
    }
  }

  /** What is known of a group of records. */
  static final class Group {
    private final Latencies execution = new Latencies();
    private final Latencies overhead = new Latencies();
    private long attempts;
    private long denied;
    private long failed;

    private void add(LogEntry entry) {
      switch (entry.event()) {
        case "attempt" -> attempts++;
        case "denied" -> denied += entry.count();
        case "outcome" -> {
          execution.add(entry.executionMicros());
          if (entry.status().equals("error")) {
            failed++;
          }
        }
        default -> {
          return;
        }
      }
      overhead.add(entry.overheadMicros());
    }

    /** Calls that were allowed or denied. */
    long calls() {
      return attempts + denied;
    }

    long denied() {
      return denied;
    }

    /** Calls that ran and ended in an error. */
    long failed() {
      return failed;
    }

    Latencies execution() {
      return execution;
    }

    Latencies overhead() {
      return overhead;
    }
  }

  private static final int GROUPS_MAX = 10_000;
  private static final String OTHERS = "(others)";

  private final Group all = new Group();
  private final Map<By, Map<String, Group>> groups = new TreeMap<>();
  private final Map<String, Long> denials = new HashMap<>();
  private final Map<String, Long> errors = new HashMap<>();
  private long records;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = Long.MIN_VALUE;

  LogStats(Iterable<By> by) {
    by.forEach(one -> groups.put(one, new HashMap<>()));
  }

  void add(LogEntry entry) {
    records++;
    firstMicros = Math.min(firstMicros, entry.atMicros());
    lastMicros = Math.max(lastMicros, entry.atMicros());
    all.add(entry);
    String code = entry.code() == null ? "-" : entry.code();
    if (entry.event().equals("denied")) {
      denials.merge(bounded(denials, code), entry.count(), Long::sum);
    } else if (entry.event().equals("outcome") && entry.status().equals("error")) {
      errors.merge(bounded(errors, code), 1L, Long::sum);
    }
    boolean isCall =
        entry.event().equals("attempt")
            || entry.event().equals("outcome")
            || entry.event().equals("denied");
    if (isCall) {
      groups.forEach(
          (by, named) ->
              named
                  .computeIfAbsent(bounded(named, by.name.apply(entry)), name -> new Group())
                  .add(entry));
    }
  }

  private static String bounded(Map<String, ?> map, String name) {
    return map.size() < GROUPS_MAX || map.containsKey(name) ? name : OTHERS;
  }

  long records() {
    return records;
  }

  long firstMicros() {
    return firstMicros;
  }

  long lastMicros() {
    return lastMicros;
  }

  Group all() {
    return all;
  }

  Map<String, Group> groups(By by) {
    return groups.getOrDefault(by, Map.of());
  }

  /** Denials by code. */
  Map<String, Long> denials() {
    return denials;
  }

  /** Failed outcomes by code. */
  Map<String, Long> errors() {
    return errors;
  }
}
