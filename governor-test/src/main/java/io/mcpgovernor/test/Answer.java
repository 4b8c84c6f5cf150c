package io.mcpgovernor.test;

import io.mcpgovernor.Denial;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.DenialCode;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** What a client was answered to one call, and what is on record about it. Immutable. */
final class Answer {
  /** Where a denial stands in a result's {@code _meta}; see {@code docs/denials.md}. */
  private static final String DENIAL = "io.mcpgovernor/denial";

  private final Asked asked;
  private final CallToolResult result;
  private final Supplier<@Nullable RecordedCall> recorded;
  private final Json wire;
  private final @Nullable Denial denial;

  /**
   * @param recorded reads what is on record, when it is needed: most assertions need no record, and
   *     reading a log is slower than a call. Null where nobody can say which record is the call's
   */
  Answer(Asked asked, CallToolResult result, Supplier<@Nullable RecordedCall> recorded) {
    this.asked = asked;
    this.result = result;
    this.recorded = recorded;
    try {
      this.wire = Json.utf8(McpJsonDefaults.getMapper().writeValueAsBytes(result));
    } catch (IOException e) {
      throw new UncheckedIOException("the answer cannot be written as JSON", e);
    }
    this.denial =
        wire.object().get("_meta") instanceof Map<?, ?> meta
                && meta.get(DENIAL) instanceof Map<?, ?> facts
            ? denial(facts)
            : null;
  }

  /** What the SDK would have sent. */
  CallToolResult result() {
    return result;
  }

  /** The denial, or null if the call was allowed and its result released. */
  @Nullable Denial denial() {
    return denial;
  }

  /** The whole answer as JSON, as the client would have read it. */
  Map<String, @Nullable Object> wire() {
    return wire.object();
  }

  /** The pointers of what was masked, into the wire form. */
  List<String> maskedPointers() {
    RecordedCall call = recorded.get();
    return call == null ? List.of() : call.maskedPointers();
  }

  /** How the call was decided, in words: {@code allowed}, or {@code denied (rls)}. */
  String decision() {
    return denial == null ? "allowed" : "denied (" + denial.code() + ")";
  }

  /**
   * A failure that says what was asked, what was decided and why.
   *
   * @param problem follows the name of the call: {@code was to be allowed but ...}
   */
  AssertionFailedError failure(String problem, @Nullable Object expected, @Nullable Object actual) {
    StringBuilder message = new StringBuilder().append(asked).append(' ').append(problem);
    if (denial != null) {
      message.append("\n  reason: ").append(denial.reason());
      denial.suggestions().forEach(suggestion -> message.append("\n  - ").append(suggestion));
    }
    RecordedCall call = recorded.get();
    String why = call == null ? "" : call.why();
    if (!why.isEmpty()) {
      message.append("\n  checks: ").append(why);
    }
    if (!asked.arguments().isEmpty()) {
      message.append("\n  arguments: ").append(asked.arguments());
    }
    if (denial != null && denial.code().equals(DenialCode.TOOL_ERROR)) {
      message.append(
          "\n  the warning of io.mcpgovernor.ToolRunner in the log says where it failed");
    }
    return new AssertionFailedError(message.toString(), expected, actual);
  }

  /**
   * Fails if a text stands anywhere in the answer: in text, structured content or {@code _meta}, as
   * a value, part of one or a key, or in JSON within a text.
   */
  void requireNone(String... texts) {
    for (String text : texts) {
      String place = RawText.find(text, wire.tree());
      if (place != null) {
        throw failure(
            "was not to tell '" + text + "', but does, at " + place,
            "no '" + text + "'",
            text(wire));
      }
    }
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }

  private static Denial denial(Map<?, ?> facts) {
    return new Denial(
        new DenialCode(String.valueOf(facts.get("code"))),
        String.valueOf(facts.get("reason")),
        facts.get("suggestions") instanceof List<?> suggestions
            ? suggestions.stream().map(String::valueOf).toList()
            : List.of(),
        facts.get("retry_after_ms") instanceof Number millis
            ? Duration.ofMillis(millis.longValue())
            : null,
        Executed.valueOf(String.valueOf(facts.get("executed")).toUpperCase(Locale.ROOT)),
        String.valueOf(facts.get("decision_id")));
  }
}
