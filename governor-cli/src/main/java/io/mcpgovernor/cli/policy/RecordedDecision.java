package io.mcpgovernor.cli.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.config.file.ConfigFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of how a call was decided. All of it is masked, as records are. Immutable.
 *
 * @param decided the members of the record that has the decision: the attempt, or the denial
 * @param last the members of the newest record, which says what became of the call
 */
record RecordedDecision(Map<String, @Nullable Object> decided, Map<String, @Nullable Object> last) {

  /**
   * One check.
   *
   * @param name the code it denies with
   * @param verdict how it came out
   * @param micros how long it took, microseconds
   */
  record Check(String name, String verdict, long micros) {}

  /**
   * The decision about a call.
   *
   * @param records its records, oldest first; at least one
   */
  static RecordedDecision of(List<Json> records) {
    Map<String, @Nullable Object> decided = records.get(0).object();
    for (Json record : records) {
      if (record.object().get("validation") instanceof Map<?, ?>) {
        decided = record.object();
        break;
      }
    }
    return new RecordedDecision(decided, records.get(records.size() - 1).object());
  }

  /** What stands in the record under a name; empty if nothing does. */
  String text(String name) {
    return text(decided.get(name));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private Map<?, ?> validation() {
    return decided.get("validation") instanceof Map<?, ?> validation ? validation : Map.of();
  }

  /** Whether the call might run. */
  boolean isAllowed() {
    return Boolean.TRUE.equals(validation().get("is_allowed"));
  }

  /** The code of the denial, or of what went wrong later; null if there is none. */
  @Nullable String code() {
    Object code = isAllowed() ? last.get("code") : validation().get("failed_policy");
    return code == null ? null : text(code);
  }

  /** Why not, in one sentence. */
  String reason() {
    return isAllowed() ? text(last.get("error")) : text(validation().get("reason"));
  }

  List<String> suggestions() {
    List<String> suggestions = new ArrayList<>();
    if (validation().get("suggestions") instanceof List<?> written) {
      written.forEach(one -> suggestions.add(text(one)));
    }
    return suggestions;
  }

  /** Each check, in order, those that were not asked included. */
  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    if (validation().get("trace") instanceof List<?> trace) {
      for (Object one : trace) {
        if (one instanceof Map<?, ?> check) {
          checks.add(
              new Check(
                  text(check.get("check")),
                  text(check.get("verdict")),
                  check.get("micros") instanceof Number micros ? micros.longValue() : 0));
        }
      }
    }
    return checks;
  }

  /** What all checks weighed. */
  Json facts() {
    return Json.of(validation().get("metadata") instanceof Map<?, ?> facts ? facts : Map.of());
  }

  /** Whether a configuration is the one that decided; null if the record does not say. */
  @Nullable Boolean isBy(ConfigFile file) {
    return decided.get("policy_version") instanceof String version
        ? version.equals(file.policyVersion())
        : null;
  }

  /** For programs. */
  Json json(@Nullable ConfigFile file) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name :
        List.of(
            "call_id",
            "timestamp",
            "user_id",
            "tenant_id",
            "server",
            "tool_name",
            "arguments",
            "policy_version")) {
      members.put(name, decided.get(name));
    }
    members.put("is_allowed", isAllowed());
    members.put("code", code());
    members.put("reason", reason());
    members.put("suggestions", suggestions());
    members.put("facts", facts().tree());
    members.put("checks", validation().get("trace"));
    if (file != null) {
      members.put("config_policy_version", file.policyVersion());
      members.put("is_same_policy", isBy(file));
    }
    return Json.utf8(JsonWriter.bytes(json -> json.value((Object) members)));
  }
}
