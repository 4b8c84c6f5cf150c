package io.mcpgovernor;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.policy.DenialCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told instead of a result. Safe to show to a model: it was masked. Immutable.
 *
 * @param code which policy or step denies
 * @param reason one sentence
 * @param suggestions what to do about it; at least one
 * @param retryAfter how long to wait, where waiting helps
 * @param executed whether the tool ran, so that the caller knows whether a retry is safe
 * @param id finds the record in the audit log
 */
public record Denial(
    DenialCode code,
    String reason,
    List<String> suggestions,
    @Nullable Duration retryAfter,
    Executed executed,
    String id) {

  /** Whether the tool ran. */
  public enum Executed {
    /** It did not. */
    NO,
    /** It did. */
    YES,
    /** Nobody can say. */
    UNKNOWN;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As records and clients see it. */
    public String text() {
      return text;
    }
  }

  /**
   * For machines: {@code code}, {@code reason}, {@code suggestions}, {@code retry_after_ms}, ...
   */
  public Json toJson() {
    JsonWriter json = new JsonWriter(512);
    json.beginObject()
        .field("code", code.name())
        .field("reason", reason)
        .name("suggestions")
        .value((Object) suggestions);
    if (retryAfter != null) {
      json.field("retry_after_ms", retryAfter.toMillis());
    }
    json.field("executed", executed.text()).field("decision_id", id);
    return Json.utf8(json.endObject().toByteArray());
  }

  /** For people and models: the reason, what to do, and what to quote when asking for help. */
  public String toText() {
    StringBuilder text = new StringBuilder("Denied (").append(code).append("): ").append(reason);
    for (String suggestion : suggestions) {
      text.append("\n- ").append(suggestion);
    }
    return text.append("\nTool executed: ")
        .append(executed.text())
        .append(". Decision ")
        .append(id)
        .append('.')
        .toString();
  }
}
