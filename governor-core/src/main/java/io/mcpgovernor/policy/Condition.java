package io.mcpgovernor.policy;

/**
 * Whether a rule applies to a call. Asked on the caller's thread, so it must neither block nor take
 * long. Thread-safe.
 */
@FunctionalInterface
public interface Condition {
  /** Holds for every call. */
  Condition ALWAYS = facts -> true;

  /**
   * Whether it holds.
   *
   * @throws UnknowableException if that depends on something nobody knows any more, as when a
   *     recorded call is asked about whose arguments are masked
   * @throws FailedException if it cannot be worked out: a field is missing, a number is divided by
   *     zero. The rule then denies the call, as after any other exception
   */
  boolean holds(RuleFacts facts);

  /** It depends on what nobody knows any more. */
  final class UnknowableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * It depends on something.
     *
     * @param what it is, in words that may be shown: a name or pointer, never a value
     */
    public UnknowableException(String what) {
      super(what, null, false, false);
    }
  }

  /** It cannot be worked out. */
  final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * It cannot be worked out.
     *
     * @param problem why, in words for an administrator that go to logs and records: names and
     *     operators, never a value of an argument
     */
    public FailedException(String problem) {
      // Callers can cause these at will, and nobody reads their stacks.
      super(problem, null, false, false);
    }
  }
}
