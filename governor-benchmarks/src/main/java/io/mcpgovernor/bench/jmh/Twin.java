package io.mcpgovernor.bench.jmh;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * An operation that is measured, the one it is compared with, and what it should cost at most.
 *
 * @param name with the baseline in brackets
 * @param goalNanos a goal for its time, if there is one
 * @param goalBytes a goal for what it allocates, if there is one
 */
record Twin(
    String name,
    Operation operation,
    Operation baseline,
    OptionalDouble goalNanos,
    OptionalDouble goalBytes) {

  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final OptionalDouble VALIDATION_NANOS = OptionalDouble.of(3_000);
  private static final OptionalDouble MASKING_NANOS = OptionalDouble.of(100_000);

  // Twice the result: its copy on record, and as much again for everything else.
  private static final OptionalDouble CALL_BYTES = OptionalDouble.of(4_096);

  /**
   * A benchmark method.
   *
   * @param users what its parameter of that name is set to; 0 where it has none
   */
  record Operation(Class<?> type, String method, int users) {
    private static Operation of(Class<?> type, String method) {
      return new Operation(type, method, 0);
    }

    /** The regular expression by which JMH finds this method and no other. */
    String pattern() {
      return '^' + type.getName().replace(".", "\\.") + "\\." + method + '$';
    }
  }

  /** All of them, where so many users are many. */
  static List<Twin> all(int manyUsers) {
    return List.of(
        validation("validate, 1 user (parse)", 1),
        validation(String.format(Locale.ROOT, "validate, %,d users (parse)", manyUsers), manyUsers),
        new Twin(
            "mask 100 records (6 replaceAll)",
            Operation.of(MaskingJmh.class, "records"),
            Operation.of(MaskingJmh.class, "recordsByExpressions"),
            MASKING_NANOS,
            NONE),
        new Twin(
            "nothing to mask, 2 KiB (6 replaceAll)",
            Operation.of(MaskingJmh.class, "clean"),
            Operation.of(MaskingJmh.class, "cleanByExpressions"),
            NONE,
            NONE),
        new Twin(
            "call, 2 KiB, no log (tool alone)",
            Operation.of(CallJmh.class, "engine"),
            Operation.of(CallJmh.class, "ungoverned"),
            NONE,
            CALL_BYTES),
        new Twin(
            "call, 2 KiB, flush (2 bare writes)",
            Operation.of(CallJmh.class, "flushed"),
            Operation.of(CallJmh.class, "bareWrites"),
            NONE,
            CALL_BYTES));
  }

  private static Twin validation(String name, int users) {
    return new Twin(
        name,
        new Operation(ValidationJmh.class, "allChecks", users),
        Operation.of(ValidationJmh.class, "parseArguments"),
        VALIDATION_NANOS,
        NONE);
  }
}
