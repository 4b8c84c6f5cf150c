package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * A shape of a number, written as it looks: {@code 9} is a digit, {@code A} a letter, {@code X}
 * either; a space is an optional separator, a blank, dash or dot, the same throughout; {@code
 * {6,9}} after a sign repeats it; every other sign stands for itself.
 *
 * <p>Immutable and thread-safe.
 */
final class Template {
  /** A template of repeated signs holds so many digits at least: words hold none. */
  private static final int DIGITS_IN_REPEATED_MIN = 3;

  private final byte[] signs;
  private final int[] least;
  private final int[] most;
  private final Proof proof;

  private Template(byte[] signs, int[] least, int[] most, Proof proof) {
    this.signs = signs;
    this.least = least;
    this.most = most;
    this.proof = proof;
  }

  /** Reads a template as it is written in the table. */
  static Template of(String shape, Proof proof) {
    byte[] text = shape.getBytes(StandardCharsets.US_ASCII);
    byte[] signs = new byte[text.length];
    int[] least = new int[text.length];
    int[] most = new int[text.length];
    int count = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '{') {
        int comma = shape.indexOf(',', i);
        int close = shape.indexOf('}', i);
        least[count - 1] = Integer.parseInt(shape.substring(i + 1, comma));
        most[count - 1] = Integer.parseInt(shape.substring(comma + 1, close));
        i = close;
      } else {
        signs[count] = text[i];
        least[count] = 1;
        most[count++] = 1;
      }
    }
    return new Template(
        Arrays.copyOf(signs, count),
        Arrays.copyOf(least, count),
        Arrays.copyOf(most, count),
        proof);
  }

  /** What it takes beside the shape. */
  Proof proof() {
    return proof;
  }

  /**
   * How long the first run of letters and digits can be.
   *
   * @param digits asks for runs of digits alone, otherwise for those with a letter in them
   */
  Set<Integer> firstRuns(boolean digits) {
    Set<Integer> runs = new TreeSet<>();
    int shortest = 0;
    int longest = 0;
    boolean fits = digits;
    for (int i = 0; i < signs.length && (signs[i] == ' ' || isClass(signs[i])); i++) {
      if (signs[i] == ' ') {
        addIf(fits, runs, shortest, longest);
      } else {
        shortest += least[i];
        longest += most[i];
        fits = digits ? (fits && signs[i] != 'A') : (fits || signs[i] != '9');
      }
    }
    addIf(fits, runs, shortest, longest);
    return runs;
  }

  private static void addIf(boolean fits, Set<Integer> runs, int from, int to) {
    for (int run = from; fits && run <= to; run++) {
      runs.add(run);
    }
  }

  /**
   * Whether a number of this shape may go on with a byte once its first run of letters and digits
   * has this length. Most shapes are ruled out so, which is quicker than to read them.
   */
  boolean mayGoOn(int run, byte next) {
    int shortest = 0;
    int longest = 0;
    for (int i = 0; i < signs.length; i++) {
      if (isClass(signs[i])) {
        shortest += least[i];
        longest += most[i];
      } else {
        boolean reaches = run >= shortest && run <= longest;
        boolean isOptional = signs[i] == ' ';
        boolean isGap = isOptional || signs[i] == '_';
        boolean fits = isGap ? isSeparator(next) : next == signs[i];
        if (reaches && fits) {
          return true;
        }
        if (!isOptional) {
          return false;
        }
      }
    }
    return run >= shortest && run <= longest && !Ascii.isWord(next);
  }

  /** Whether a number of this shape may begin with a letter, or digit, and then another. */
  boolean mayBegin(boolean letter, boolean secondLetter) {
    byte second = least[0] > 1 ? signs[0] : signs.length > 1 ? signs[1] : 0;
    boolean isFixed = least[0] == most[0] && isClass(second);
    return mayBe(signs[0], letter) && (!isFixed || mayBe(second, secondLetter));
  }

  private static boolean mayBe(byte sign, boolean letter) {
    return switch (sign) {
      case '9' -> !letter;
      case 'A' -> letter;
      case 'X' -> true;
      default -> Ascii.isLetter(sign) == letter;
    };
  }

  private static boolean isSeparator(byte c) {
    return c == ' ' || c == '-' || c == '.';
  }

  /**
   * Where a number of this shape ends that begins at {@code at}, or -1. Whether it is part of
   * something longer is not asked, but digits or letters do not go on right after it.
   */
  int end(byte[] text, int at, int to) {
    int p = at;
    byte separator = 0;
    boolean separated = false;
    boolean decided = false;
    int digits = 0;
    boolean repeated = false;
    for (int i = 0; i < signs.length; i++) {
      byte sign = signs[i];
      if (sign == ' ' || sign == '_') {
        byte here = p < to ? text[p] : 0;
        boolean is = isSeparator(here);
        if (!decided) {
          decided = true;
          separated = is;
          if (!is && sign == '_') {
            return -1;
          }
          separator = here;
        } else if (separated && here != separator) {
          return -1;
        }
        p += separated ? 1 : 0;
      } else if (isClass(sign)) {
        int count = 0;
        while (count < most[i] && p < to && fits(sign, text[p])) {
          digits += Ascii.isDigit(text[p]) ? 1 : 0;
          p++;
          count++;
        }
        if (count < least[i]) {
          return -1;
        }
        repeated |= most[i] > least[i];
      } else {
        if (p == to || text[p] != sign) {
          return -1;
        }
        p++;
      }
    }
    boolean enough = !repeated || digits >= DIGITS_IN_REPEATED_MIN;
    return enough && (p == to || !Ascii.isWord(text[p])) ? p : -1;
  }

  private static boolean isClass(byte sign) {
    return sign == '9' || sign == 'A' || sign == 'X';
  }

  private static boolean fits(byte sign, byte c) {
    return switch (sign) {
      case '9' -> Ascii.isDigit(c);
      case 'A' -> Ascii.isLetter(c);
      default -> Ascii.isWord(c);
    };
  }
}
