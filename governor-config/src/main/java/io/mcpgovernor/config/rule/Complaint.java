package io.mcpgovernor.config.rule;

/** Part of a rule's text is wrong. */
final class Complaint extends Exception {
  private static final long serialVersionUID = 1;

  private final transient TextPosition at;

  Complaint(TextPosition at, String what) {
    super(what, null, false, false);
    this.at = at;
  }

  TextPosition at() {
    return at;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
