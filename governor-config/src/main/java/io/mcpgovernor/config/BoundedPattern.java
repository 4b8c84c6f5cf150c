package io.mcpgovernor.config;

import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A pattern of a schema, matched in bounded time whatever the pattern and the text: schemas and
 * texts come from others, and {@code (a+)+$} takes a backtracking matcher longer than anybody
 * lives.
 *
 * <p>Nearly all patterns are matched by RE2/J in linear time. What it cannot express, such as
 * looking ahead, backtracks with a budget; a text on which the budget runs out does not match.
 */
final class BoundedPattern {
  /** How many characters a backtracking pattern may look at in one text. */
  private static final int LOOKS_MAX = 1_000_000;

  private BoundedPattern() {}

  /**
   * @throws IllegalArgumentException if it is no pattern at all
   */
  static RegularExpression of(String regex) {
    try {
      com.google.re2j.Pattern linear = com.google.re2j.Pattern.compile(regex);
      return text -> linear.matcher(text).find();
    } catch (PatternSyntaxException e) {
      return backtracking(Pattern.compile(regex));
    }
  }

  private static RegularExpression backtracking(Pattern pattern) {
    return text -> {
      try {
        return pattern.matcher(new CountedText(text, 0, text.length(), new int[] {0})).find();
      } catch (LooksExceeded | StackOverflowError e) {
        return false;
      }
    };
  }

  /** The budget ran out. */
  private static final class LooksExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LooksExceeded() {
      super("a pattern took too long", null, false, false);
    }
  }

  /** A text that counts how often it is looked at. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private final int from;
    private final int to;
    private final int[] looks;

    CountedText(String text, int from, int to, int[] looks) {
      this.text = text;
      this.from = from;
      this.to = to;
      this.looks = looks;
    }

    @Override
    public char charAt(int index) {
      if (++looks[0] > LOOKS_MAX) {
        throw new LooksExceeded();
      }
      return text.charAt(from + index);
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text, from + start, from + end, looks);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
