package io.mcpgovernor.config.weigh;

/** A query that is not read to its end, and why, in words that a model may see. */
final class UnreadableQueryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String advice;

  UnreadableQueryException(String what, String advice) {
    super(what, null, false, false); // thrown on every bad query: no stack trace
    this.what = what;
    this.advice = advice;
  }

  String what() {
    return what;
  }

  String advice() {
    return advice;
  }
}
