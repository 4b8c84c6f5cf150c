package io.mcpgovernor.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWritable;
import io.mcpgovernor.call.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all checks together said about a call. Immutable.
 *
 * @param decision the first denial, or that the call may run
 * @param metadata the facts of all checks that were asked
 * @param trace each check in order
 */
public record ValidationResult(Decision decision, Map<String, Object> metadata, List<Check> trace) {

  /** Copies what was collected. */
  public ValidationResult {
    metadata =
        metadata instanceof Facts
            ? metadata
            : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    trace = sealed(trace);
  }

  /** How a check came out. */
  public enum Verdict {
    /** It had no objection. */
    ALLOWED,
    /** It denied the call. */
    DENIED,
    /** It would have denied the call, but only watches. */
    SHADOW,
    /** It was not asked. */
    NOT_EVALUATED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As records see it. */
    public String text() {
      return text;
    }
  }

  /**
   * One check.
   *
   * @param name the code it denies with
   * @param verdict how it came out
   * @param micros how long it took, microseconds
   */
  public record Check(String name, Verdict verdict, long micros) {}

  /** Whether the call may run. */
  public boolean isAllowed() {
    return decision.isAllowed();
  }

  /** Why not, in one sentence; empty if it may. */
  public String reason() {
    return decision instanceof Decision.Deny deny
        ? deny.reason()
        : ((Decision.Allow) decision).reason();
  }

  /** What to do about a denial; empty if there is none. */
  public List<String> suggestions() {
    return decision instanceof Decision.Deny deny ? deny.suggestions() : List.of();
  }

  /** Which policy denied, or null. */
  public @Nullable String failedPolicy() {
    return decision instanceof Decision.Deny deny ? deny.code().name() : null;
  }

  /** As records and interfaces show it: {@code is_allowed}, {@code reason}, and so on. */
  public Json toJson() {
    return Json.utf8(JsonWriter.bytes(json -> writeTo(json, Json.of(metadata))));
  }

  /**
   * As {@link #toJson()} shows it, with other metadata.
   *
   * @param masked stands in the place of {@link #metadata()}
   */
  public JsonWritable withMetadata(Json masked) {
    return json -> writeTo(json, masked);
  }

  private void writeTo(JsonWriter json, Json shown) {
    json.beginObject()
        .field("is_allowed", isAllowed())
        .field("reason", reason())
        .name("suggestions")
        .value((Object) suggestions())
        .field("failed_policy", failedPolicy())
        .field("metadata", shown)
        .name("trace");
    ((Trace) trace).writeTo(json);
    json.endObject();
  }

  private static Trace sealed(List<Check> checks) {
    if (checks instanceof Trace own) {
      return own.sealed();
    }
    Trace trace = new Trace(checks.size());
    checks.forEach(check -> trace.note(check.name, check.verdict, check.micros));
    return trace.sealed();
  }
}
