package io.mcpgovernor.verify;

/** What is wrong with a line, in plain words. Never leaves the package. */
final class BadRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean isCutShort;

  BadRecordException(String reason) {
    this(reason, false);
  }

  BadRecordException(String reason, boolean isCutShort) {
    super(reason, null, false, false); // found once and shown to people: nobody wants its stack
    this.reason = reason;
    this.isCutShort = isCutShort;
  }

  String reason() {
    return reason;
  }

  /** Whether all there is would be right, if only more followed. */
  boolean isCutShort() {
    return isCutShort;
  }
}
