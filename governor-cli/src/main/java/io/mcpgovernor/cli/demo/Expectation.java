package io.mcpgovernor.cli.demo;

import io.mcpgovernor.cli.demo.Happening.Called;
import io.mcpgovernor.cli.demo.Happening.Compared;
import io.mcpgovernor.cli.demo.Happening.Listed;
import io.mcpgovernor.cli.demo.Happening.Read;
import io.mcpgovernor.cli.demo.Happening.Repeated;
import io.mcpgovernor.cli.demo.Happening.Searched;
import io.mcpgovernor.cli.demo.Happening.Tried;
import io.mcpgovernor.cli.demo.Happening.Verified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something that must be true of what happened.
 *
 * @param says what, in words that go after "expected:"
 * @param holds whether it is true
 */
record Expectation(String says, Predicate<Happening> holds) {

  boolean isMetBy(Happening happening) {
    return holds.test(happening);
  }

  /** The list has exactly these tools. */
  static Expectation sees(String... tools) {
    return new Expectation(
        switch (tools.length) {
          case 0 -> "no tool";
          case 1 -> "this tool only";
          default -> "these " + tools.length + " tools";
        },
        happening -> happening instanceof Listed listed && listed.tools().equals(List.of(tools)));
  }

  static Expectation allowed() {
    return ofCall("allowed", called -> called.answer().isAllowed());
  }

  /** The call was refused with this code, with a suggestion, and the tool did not run. */
  static Expectation denied(String code) {
    return ofRefusal(
        "denied with " + code + ", tool not run",
        code,
        refusal -> refusal.executed().equals("no") && !refusal.suggestions().isEmpty());
  }

  /** The tool ran, and its result is withheld with this code. */
  static Expectation withheld(String code) {
    return ofRefusal(
        "denied with " + code + ", tool has run",
        code,
        refusal -> refusal.executed().equals("yes") && !refusal.suggestions().isEmpty());
  }

  /** A suggestion holds this text. */
  static Expectation suggests(String text) {
    return ofCall(
        "suggests \"" + text + "\"",
        called ->
            called.answer().refusal() != null
                && called.answer().refusal().suggestions().stream()
                    .anyMatch(suggestion -> suggestion.contains(text)));
  }

  /** The call worked for this tenant, as the log has it. */
  static Expectation forTenant(String tenant) {
    return ofCall(
        "for tenant " + tenant + " by the log",
        called -> tenant.equals(called.record().get("tenant_id")));
  }

  /**
   * Each value under these keys of the result, however deep, is the one given here, and there is
   * one.
   */
  static Expectation fields(String says, Map<String, ?> fields) {
    return ofCall(
        says,
        called ->
            fields.entrySet().stream()
                .allMatch(
                    field -> {
                      List<@Nullable Object> found = new ArrayList<>();
                      collect(called.answer().structured(), field.getKey(), found);
                      return !found.isEmpty() && found.stream().allMatch(field.getValue()::equals);
                    }));
  }

  /** The text block says the same as the structured content. */
  static Expectation sameInText() {
    return ofCall(
        "text and structuredContent say the same",
        called -> called.answer().textEqualsStructured());
  }

  /** Nothing the client got holds any of these texts. */
  static Expectation holdsNone(String what, String... texts) {
    return ofCall(
        what,
        called -> {
          String everything = called.answer().json();
          return List.of(texts).stream().noneMatch(everything::contains);
        });
  }

  static Expectation allAllowed(int calls) {
    return ofCalls(
        "all " + calls + " allowed",
        answers -> answers.size() == calls && answers.stream().allMatch(Answer::isAllowed));
  }

  static Expectation allDenied(int calls, String code) {
    return ofCalls(
        "all " + calls + " denied with " + code,
        answers ->
            answers.size() == calls && answers.stream().allMatch(answer -> answer.isRefused(code)));
  }

  /** Every answer says when to try again, within this time. */
  static Expectation retryWithin(Duration atMost) {
    return ofCalls(
        "each with retry_after_ms",
        answers -> answers.stream().allMatch(answer -> retriesWithin(answer, atMost)));
  }

  static Expectation foundNowhere() {
    return new Expectation(
        "found nowhere",
        happening -> happening instanceof Searched searched && searched.places().isEmpty());
  }

  /** For each call the log has an attempt and an outcome, or a denial, and nothing else. */
  static Expectation logTellsTheSame() {
    return new Expectation(
        "each call has its attempt and outcome, or its denial, and there is no other record",
        happening -> happening instanceof Compared compared && compared.differences().isEmpty());
  }

  static Expectation whole() {
    return new Expectation(
        "every record is as it was written, and checkpoints are signed",
        happening ->
            happening instanceof Verified verified
                && verified.isWhole()
                && verified.records() > 0
                && verified.checkpoints() > 0);
  }

  /** The verifier names the record that was changed. */
  static Expectation changeFound() {
    return new Expectation(
        "verification fails, and says where",
        happening ->
            happening instanceof Verified verified
                && !verified.isWhole()
                && !verified.place().isEmpty());
  }

  /** At least so many calls that were allowed would not be, and none the other way round. */
  static Expectation wouldDeny(int calls) {
    return new Expectation(
        calls + " calls that were allowed would be denied, and none the other way round",
        happening ->
            happening instanceof Tried tried
                && tried.toDenied() >= calls
                && tried.toAllowed() == 0
                && !tried.example().isEmpty());
  }

  static Expectation records(int count) {
    return new Expectation(
        count + " records",
        happening -> happening instanceof Read read && read.records().size() == count);
  }

  private static Expectation ofCall(String says, Predicate<Called> holds) {
    return new Expectation(
        says, happening -> happening instanceof Called called && holds.test(called));
  }

  private static Expectation ofCalls(String says, Predicate<List<Answer>> holds) {
    return new Expectation(
        says,
        happening -> happening instanceof Repeated repeated && holds.test(repeated.answers()));
  }

  private static Expectation ofRefusal(String says, String code, Predicate<Answer.Refusal> holds) {
    return ofCall(
        says,
        called -> {
          Answer.Refusal refusal = called.answer().refusal();
          return refusal != null && called.answer().isRefused(code) && holds.test(refusal);
        });
  }

  private static boolean retriesWithin(Answer answer, Duration atMost) {
    Answer.Refusal refusal = answer.refusal();
    Long millis = refusal == null ? null : refusal.retryAfterMillis();
    return millis != null && millis > 0 && millis <= atMost.toMillis();
  }

  private static void collect(@Nullable Object value, String key, List<@Nullable Object> found) {
    if (value instanceof Map<?, ?> members) {
      members.forEach(
          (name, member) -> {
            if (key.equals(name)) {
              found.add(member);
            }
            collect(member, key, found);
          });
    } else if (value instanceof List<?> items) {
      items.forEach(item -> collect(item, key, found));
    }
  }
}
