package io.mcpgovernor.test;

import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/**
 * What is on record when the assertion starts. Methods named {@code has...} look through all calls
 * on record; {@link #of}, {@link #by}, {@link #in} and {@link #times} then narrow down what was
 * found, and fail if nothing is left:
 *
 * <pre>{@code
 * governed.assertThatAudit().hasDenial("rls").of("get_customer").by("mallory").times(1);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class AuditAssert {
  private static final int SHOWN_MAX = 20;

  private final List<Json> records;
  private final List<RecordedCall> all;
  private final List<RecordedCall> found;
  private final String looked;

  /** Starts with all that is on record, newest first. */
  AuditAssert(List<Json> records) {
    this.records = List.copyOf(records);
    this.all = RecordedCall.of(records);
    this.found = all;
    this.looked = "a call";
  }

  private AuditAssert(
      List<Json> records, List<RecordedCall> all, List<RecordedCall> found, String looked) {
    this.records = records;
    this.all = all;
    this.found = found;
    this.looked = looked;
    if (found.isEmpty()) {
      throw failure(looked, looked, all);
    }
  }

  /** All records, newest first, for assertions of one's own. */
  public List<Json> records() {
    return records;
  }

  /** A call of this tool must be on record with its attempt and, after it, its outcome. */
  public AuditAssert hasAttemptAndOutcome(String tool) {
    return new AuditAssert(
        records,
        all,
        all.stream()
            .filter(call -> call.has("tool_name", tool) && call.hasAttemptAndOutcome())
            .toList(),
        "an attempt and an outcome of " + tool);
  }

  /** No attempt of this tool may be on record: it never ran. */
  public AuditAssert hasNoAttempt(String tool) {
    List<RecordedCall> attempts =
        all.stream().filter(call -> call.has("tool_name", tool) && call.hasAttempt()).toList();
    if (!attempts.isEmpty()) {
      throw failure("no attempt of " + tool, List.of(), attempts);
    }
    return this;
  }

  /** A call that was denied, or whose result was withheld, must be on record with this code. */
  public AuditAssert hasDenial(String code) {
    return new AuditAssert(
        records,
        all,
        all.stream().filter(call -> call.isDenied(code)).toList(),
        "a denial (" + code + ")");
  }

  /** What was found must include calls of this tool. */
  public AuditAssert of(String tool) {
    return narrowed(" of " + tool, call -> call.has("tool_name", tool));
  }

  /** What was found must include calls by this user. */
  public AuditAssert by(String user) {
    return narrowed(" by " + user, call -> call.has("user_id", user));
  }

  /** What was found must include calls for this tenant. */
  public AuditAssert in(String tenant) {
    return narrowed(" in " + tenant, call -> call.has("tenant_id", tenant));
  }

  /** So many calls must have been found, and no more. */
  public AuditAssert times(int calls) {
    if (found.size() != calls) {
      throw failure(
          looked + " " + calls + " times, and has it " + found.size() + " times",
          calls,
          found.size());
    }
    return this;
  }

  /**
   * None of these texts may stand anywhere on record, as a value, part of one or a key, or in JSON
   * within a text. Names of users and tenants are on record as they are.
   */
  public AuditAssert holdsNoRawValue(String... texts) {
    for (String text : texts) {
      for (Json record : records) {
        String place = RawText.find(text, record.tree());
        if (place != null) {
          throw failure(
              "no '" + text + "', which stands at " + place + " of a record",
              "no '" + text + "'",
              place);
        }
      }
    }
    return this;
  }

  private AuditAssert narrowed(String how, Predicate<RecordedCall> condition) {
    return new AuditAssert(records, all, found.stream().filter(condition).toList(), looked + how);
  }

  private AssertionFailedError failure(String what, Object expected, Object actual) {
    int older = Math.max(0, all.size() - SHOWN_MAX);
    String calls =
        all.stream().skip(older).map(call -> "\n  " + call).collect(Collectors.joining());
    return new AssertionFailedError(
        "the audit log was to have "
            + what
            + "; on record are "
            + (all.isEmpty() ? "no calls" : all.size() + " calls:")
            + (older == 0 ? "" : "\n  ... (" + older + " before)")
            + calls,
        expected,
        actual);
  }
}
