package io.mcpgovernor.config.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** About how large a pattern is with its repetitions written out, found without doing so. */
final class PatternSize {
  private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?}");

  /** Enough to say that it is too large, and no overflow. */
  private static final long SIZE_MAX = 1_000_000_000;

  private final Deque<Long> outer = new ArrayDeque<>();
  private long before;
  private long last;

  private PatternSize() {}

  /** In atoms: a character, a class, a repetition mark. */
  static long of(String regex) {
    return new PatternSize().measure(regex);
  }

  private long measure(String regex) {
    Matcher repetition = REPETITION.matcher(regex);
    for (int i = 0; i < regex.length(); i++) {
      switch (regex.charAt(i)) {
        case '\\' -> {
          atom();
          i++;
        }
        case '[' -> {
          atom();
          i = endOfClass(regex, i);
        }
        case '(' -> {
          outer.push(before + last);
          before = 0;
          last = 0;
        }
        case ')' -> {
          last = before + last + 1;
          before = outer.isEmpty() ? 0 : outer.pop();
        }
        case '{' -> {
          if (repetition.region(i, regex.length()).lookingAt()) {
            last = Math.min(SIZE_MAX, last * times(repetition));
            i = repetition.end() - 1;
          } else {
            atom();
          }
        }
        default -> atom();
      }
    }
    long size = before + last;
    for (long each : outer) {
      size += each;
    }
    return size;
  }

  private void atom() {
    before = Math.min(SIZE_MAX, before + last);
    last = 1;
  }

  private static int endOfClass(String regex, int from) {
    int i = from + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    i++; // a bracket that comes first is a character
    while (i < regex.length() && regex.charAt(i) != ']') {
      i += regex.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private static int times(Matcher repetition) {
    String most = repetition.group(2);
    String count = most == null || most.isEmpty() ? repetition.group(1) : most;
    return Math.max(1, Integer.parseInt(count));
  }
}
