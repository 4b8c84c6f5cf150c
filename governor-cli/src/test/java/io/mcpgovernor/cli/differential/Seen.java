package io.mcpgovernor.cli.differential;

import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call, without what is another in each run.
 *
 * @param kind the kind of the answer
 * @param bytes the answer's
 * @param records what was put on record, oldest first
 */
record Seen(String kind, String bytes, List<Map<String, @Nullable Object>> records) {
  static Seen of(WireAnswer answer, List<Map<String, @Nullable Object>> records) {
    return new Seen(
        answer.kind(),
        Unsteady.outOf(answer.json()),
        records.stream().map(Unsteady::outOf).toList());
  }

  /** The answer as JSON; an empty object if it is none. */
  Map<String, @Nullable Object> body() {
    return bytes.startsWith("{") ? Json.text(bytes).object() : Map.of();
  }

  /** The code of the denial that the client got; null if it got none. */
  @Nullable String denial() {
    return body().get("_meta") instanceof Map<?, ?> meta
            && meta.get(Unsteady.DENIAL) instanceof Map<?, ?> denial
        ? (String) denial.get("code")
        : null;
  }

  /** A field of the last record; null if there is none. */
  @Nullable Object recorded(String field) {
    return records.isEmpty() ? null : records.get(records.size() - 1).get(field);
  }

  /** Whether it ends with a denial of this code, on record too. */
  boolean isDenied(String code) {
    return code.equals(denial()) && code.equals(recorded("code"));
  }
}
