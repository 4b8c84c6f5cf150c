package io.mcpgovernor.cli.leaktest;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.MaskMode;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.util.List;
import java.util.Locale;

/**
 * A made-up value of some kind that must not come out.
 *
 * @param kind what it is
 * @param before what stands before it, so that it can be known: {@code NHS number: }
 * @param secret the value itself
 * @param after what stands behind it
 */
record Canary(Kind kind, String before, String secret, String after) {
  /** More digits than these are not a JSON number that everybody reads exactly. */
  private static final int NUMBER_DIGITS_MAX = 16;

  private static final int NUMBER_DIGITS_MIN = 7;

  /** The value within a text of {@link Kind#examples}. */
  static Canary within(Kind kind, String example) {
    Masker masker =
        new Masker(MaskRules.builder().kinds(List.of(kind)).mode(MaskMode.REDACT).build());
    String redacted = masker.mask(example, Sensitivity.STANDARD);
    String hole = "[" + kind.name().toUpperCase(Locale.ROOT) + "]";
    int at = redacted.indexOf(hole);
    if (at >= 0) {
      int to = example.length() - (redacted.length() - at - hole.length());
      return new Canary(
          kind, example.substring(0, at), example.substring(at, to), example.substring(to));
    }
    // A kind that the masker does not find must be tested all the same.
    int from = valueBegins(example);
    return new Canary(kind, example.substring(0, from), example.substring(from), "");
  }

  /** After a label, at the first word with a digit, or at the last word. */
  static int valueBegins(String example) {
    int label = example.lastIndexOf(": ");
    if (label >= 0) {
      return label + 2;
    }
    int word = 0;
    for (int i = 0; i < example.length(); i++) {
      if (example.charAt(i) == ' ') {
        word = i + 1;
      } else if (Character.isDigit(example.charAt(i))) {
        return word;
      }
    }
    return word;
  }

  /** The same surroundings with something else in it. */
  Canary with(String replacement) {
    return new Canary(kind, before, replacement, after);
  }

  /** What ought to stand in its place at the level that callers get. */
  Canary masked() {
    return with(kind.mask(secret, Sensitivity.STANDARD));
  }

  /** Value and surroundings. */
  String text() {
    return before + secret + after;
  }

  /** The word that names it, for a column's header or a parameter. */
  String label() {
    String label = before.replaceAll("[:\\s]+$", "");
    return label.isEmpty() ? kind.name() : label;
  }

  /** Its digits alone. */
  String digits() {
    return secret.replaceAll("\\D", "");
  }

  /** Whether somebody might store it as a number. */
  boolean isNumeric() {
    String digits = digits();
    return secret.matches("[-+() \\d]+")
        && !kind.name().equals("birth_date")
        && !digits.startsWith("0")
        && digits.length() >= NUMBER_DIGITS_MIN
        && digits.length() <= NUMBER_DIGITS_MAX;
  }
}
