package io.mcpgovernor.config.rule;

import java.util.Locale;

/**
 * A rule cannot be used as it is written. The message is a sentence that says what is wrong and
 * what would be right; it quotes the rule's own text at most.
 */
public final class RuleTextException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String rule;
  private final Part part;
  private final int line;
  private final int column;

  /** Which part of a rule is wrong. */
  public enum Part {
    /** Its name. */
    NAME,
    /** Its condition. */
    WHEN,
    /** Its globs. */
    TOOLS,
    /** The moment it is asked. */
    ON,
    /** The reason of its denials. */
    REASON,
    /** The suggestions of its denials. */
    SUGGESTIONS,
    /** Its limit. */
    LIMIT,
    /** How it masks. */
    MASK;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As files have it. */
    public String text() {
      return text;
    }
  }

  RuleTextException(RuleText rule, Part part, TextPosition at, String what) {
    super(what);
    this.rule = rule.name();
    this.part = part;
    this.line = at.line();
    this.column = at.column();
  }

  /** The rule's name. */
  public String rule() {
    return rule;
  }

  /** The part that is wrong. */
  public Part part() {
    return part;
  }

  /** The line within the part's own text, from 1. */
  public int line() {
    return line;
  }

  /** The column within that line, from 1, in code points. */
  public int column() {
    return column;
  }
}
