package io.mcpgovernor.config.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.mcpgovernor.policy.Condition.FailedException;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Patterns of rules, compiled once: CEL would compile a pattern each time it matches. Kept as long
 * as a condition holds them. Thread-safe.
 */
final class Patterns {
  /** How large a compiled pattern may be, in instructions of RE2. */
  static final int PROGRAM_MAX = 2_000;

  /** How long a pattern may be, in characters. */
  static final int LENGTH_MAX = 500;

  /** How long a text to match may be, in characters: time grows with both sizes' product. */
  static final int TEXT_MAX = 65_536;

  private static final ConcurrentMap<String, WeakReference<Pattern>> COMPILED =
      new ConcurrentHashMap<>();

  private Patterns() {}

  /**
   * The pattern, which the caller must hold as long as it is matched.
   *
   * @throws IllegalArgumentException if it is none, or too large; the message ends a sentence
   */
  static Pattern of(String regex) {
    COMPILED.values().removeIf(reference -> reference.get() == null);
    Pattern[] pattern = new Pattern[1];
    // In one step: two conditions with one pattern must hold the same, or the one that is kept
    // goes with the first of them.
    COMPILED.compute(
        regex,
        (text, known) -> {
          Pattern alive = known == null ? null : known.get();
          pattern[0] = alive == null ? compile(text) : alive;
          return alive == null || known == null ? new WeakReference<>(pattern[0]) : known;
        });
    return pattern[0];
  }

  private static Pattern compile(String regex) {
    // RE2/J writes repetitions out before it can be asked how large the pattern became.
    if (regex.length() > LENGTH_MAX || PatternSize.of(regex) > PROGRAM_MAX) {
      throw tooLarge();
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is none that RE2 reads: " + e.getDescription(), e);
    }
    if (pattern.programSize() > PROGRAM_MAX) {
      throw tooLarge();
    }
    return pattern;
  }

  /** Whether a text contains the pattern. */
  static boolean matches(String text, String regex) {
    if (text.length() > TEXT_MAX) {
      throw new FailedException("a text is too long to be matched");
    }
    WeakReference<Pattern> known = COMPILED.get(regex);
    Pattern pattern = known == null ? null : known.get();
    if (pattern == null) {
      throw new FailedException("a pattern was not there when the rule was loaded");
    }
    return pattern.matcher(text).find();
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "is too large: at most %,d characters, and %,d with its repetitions written out"
            .formatted(LENGTH_MAX, PROGRAM_MAX));
  }
}
