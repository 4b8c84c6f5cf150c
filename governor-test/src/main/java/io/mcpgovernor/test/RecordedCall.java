package io.mcpgovernor.test;

import io.mcpgovernor.call.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log holds of one call: its attempt and its outcome, or its denial. Immutable.
 *
 * @param records in the order in which they were kept; at least one
 */
record RecordedCall(String id, List<Map<String, @Nullable Object>> records) {
  /**
   * The calls of a log in the order in which they began.
   *
   * @param newestFirst as {@code readLogs} gives them; what is no call's record is left out
   */
  static List<RecordedCall> of(List<Json> newestFirst) {
    Map<String, List<Map<String, @Nullable Object>>> calls = new LinkedHashMap<>();
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      Map<String, @Nullable Object> record = newestFirst.get(i).object();
      if (record.get("call_id") instanceof String id) {
        calls.computeIfAbsent(id, first -> new ArrayList<>()).add(record);
      }
    }
    return calls.entrySet().stream()
        .map(call -> new RecordedCall(call.getKey(), List.copyOf(call.getValue())))
        .toList();
  }

  /** Whether its attempt is on record and, after it, its outcome. */
  boolean hasAttemptAndOutcome() {
    return records.size() == 2 && isFirst("attempt") && "outcome".equals(last("event"));
  }

  /** Whether it was about to run. */
  boolean hasAttempt() {
    return isFirst("attempt");
  }

  /** Whether its caller was told this code instead of a result. */
  boolean isDenied(String code) {
    return code.equals(last("code")) && last("result") == null;
  }

  /** Whether a field has this value. */
  boolean has(String field, String value) {
    return value.equals(last(field));
  }

  /** The pointers of what was masked in its result. */
  List<String> maskedPointers() {
    return last("masked") instanceof Map<?, ?> masked
            && masked.get("pointers") instanceof List<?> pointers
        ? pointers.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** What the checks said, in words: the facts behind it, then who allowed and who denied. */
  String why() {
    if (!(last("validation") instanceof Map<?, ?> validation)) {
      return "";
    }
    StringJoiner why = new StringJoiner("; ");
    if (validation.get("metadata") instanceof Map<?, ?> facts && !facts.isEmpty()) {
      why.add(facts(facts));
    }
    if (validation.get("trace") instanceof List<?> trace) {
      checks(trace).forEach((verdict, checks) -> why.add(verdict + " by " + checks));
    }
    return why.toString();
  }

  /** One line for a list of calls. */
  @Override
  public String toString() {
    String events =
        records.stream()
            .map(record -> String.valueOf(record.get("event")))
            .collect(Collectors.joining(" and "));
    Object tenant = last("tenant_id");
    Object code = last("code");
    return events
        + " of "
        + last("tool_name")
        + " by "
        + last("user_id")
        + (tenant == null ? "" : " in " + tenant)
        + (code == null ? "" : " (" + code + ")");
  }

  private static String facts(Map<?, ?> facts) {
    Map<String, @Nullable Object> named = new TreeMap<>();
    facts.forEach((name, value) -> named.put(String.valueOf(name), value));
    StringJoiner text = new StringJoiner(", ");
    if (named.containsKey("call_count") && named.containsKey("limit")) {
      text.add("call_count " + named.remove("call_count") + " of " + named.remove("limit"));
    }
    named.forEach((name, value) -> text.add(name + " " + value));
    return text.toString();
  }

  private static Map<String, String> checks(List<?> trace) {
    Map<String, String> checks = new LinkedHashMap<>();
    for (Object entry : trace) {
      if (entry instanceof Map<?, ?> check) {
        checks.merge(
            String.valueOf(check.get("verdict")),
            String.valueOf(check.get("check")),
            (some, other) -> some + ", " + other);
      }
    }
    checks.remove("not_evaluated");
    return checks;
  }

  private boolean isFirst(String event) {
    return event.equals(records.get(0).get("event"));
  }

  private @Nullable Object last(String field) {
    return records.get(records.size() - 1).get(field);
  }
}
