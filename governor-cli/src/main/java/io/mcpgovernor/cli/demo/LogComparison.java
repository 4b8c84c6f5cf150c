package io.mcpgovernor.cli.demo;

import io.mcpgovernor.cli.demo.Answer.Refusal;
import io.mcpgovernor.cli.demo.Happening.Compared;
import io.mcpgovernor.cli.demo.Stage.Exchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds what the log says against what the clients saw. */
final class LogComparison {
  private static final Set<String> EVENTS_OF_CALLS = Set.of("attempt", "outcome", "denied");

  private LogComparison() {}

  /**
   * Compares.
   *
   * @param exchanges all calls of a run
   * @param records all records of the run, newest first
   */
  static Compared of(List<Exchange> exchanges, List<Map<String, ?>> records) {
    Map<String, Integer> expected = new TreeMap<>();
    exchanges.forEach(exchange -> count(exchange, expected));
    Map<String, Integer> found = new TreeMap<>();
    Map<String, Integer> events = new TreeMap<>();
    for (Map<String, ?> record : records) {
      String event = text(record.get("event"));
      add(events, event);
      if (EVENTS_OF_CALLS.contains(event)) {
        add(
            found,
            line(
                event,
                text(record.get("user_id")),
                text(record.get("tool_name")),
                record.get("code")));
      }
    }
    List<String> differences = differences(expected, found);
    differences.addAll(unnamed(exchanges, records));
    differences.addAll(unattempted(records));
    return new Compared(events, differences);
  }

  /** A call that ran leaves two records, a refused one a single one. */
  private static void count(Exchange exchange, Map<String, Integer> expected) {
    String user = exchange.caller().user();
    Refusal refusal = exchange.answer().refusal();
    String code =
        refusal != null ? refusal.code() : exchange.answer().isError() ? "tool_error" : null;
    if (refusal != null && refusal.executed().equals("no")) {
      add(expected, line("denied", user, exchange.tool(), code));
    } else {
      add(expected, line("attempt", user, exchange.tool(), null));
      add(expected, line("outcome", user, exchange.tool(), code));
    }
  }

  private static List<String> differences(
      Map<String, Integer> expected, Map<String, Integer> found) {
    Set<String> lines = new TreeSet<>(expected.keySet());
    lines.addAll(found.keySet());
    List<String> differences = new ArrayList<>();
    for (String line : lines) {
      int shouldBe = expected.getOrDefault(line, 0);
      int is = found.getOrDefault(line, 0);
      if (shouldBe != is) {
        differences.add(line + ": " + is + " records instead of " + shouldBe);
      }
    }
    return differences;
  }

  /** The decision a client can quote must lead to a record. */
  private static List<String> unnamed(List<Exchange> exchanges, List<Map<String, ?>> records) {
    Set<String> ids = new HashSet<>();
    records.forEach(record -> ids.add(text(record.get("call_id"))));
    List<String> differences = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      Refusal refusal = exchange.answer().refusal();
      if (refusal != null && !ids.contains(refusal.decisionId())) {
        differences.add("decision " + refusal.decisionId() + " is not on record");
      }
    }
    return differences;
  }

  /** What happened was announced before. */
  private static List<String> unattempted(List<Map<String, ?>> records) {
    Set<String> attempted = new HashSet<>();
    List<String> differences = new ArrayList<>();
    for (Map<String, ?> record : records.reversed()) {
      String id = text(record.get("call_id"));
      String event = text(record.get("event"));
      if (event.equals("attempt")) {
        attempted.add(id);
      } else if (event.equals("outcome") && !attempted.contains(id)) {
        differences.add("the outcome of " + id + " has no attempt before it");
      }
    }
    return differences;
  }

  private static String line(String event, String user, String tool, @Nullable Object code) {
    return event + " " + user + " " + tool + (code == null ? "" : " " + code);
  }

  private static void add(Map<String, Integer> counts, String key) {
    counts.merge(key, 1, Integer::sum);
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
