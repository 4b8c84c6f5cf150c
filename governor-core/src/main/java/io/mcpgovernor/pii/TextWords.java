package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as words and numbers, for what is told by how words stand together: names of people and
 * addresses. What was found already, or is a mask, is left out, so that a masked text is read as
 * the raw one was.
 */
final class TextWords {
  private final String text;
  private final int[] bytes;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int size;

  /** Splits a text at everything that is neither letter nor digit. */
  TextWords(Text in, Findings found) {
    text = wellFormed(in);
    bytes = bytes(text, in.from());
    int finding = 0;
    int i = 0;
    while (i < text.length()) {
      if (!isSign(text.charAt(i))) {
        i++;
        continue;
      }
      int end = wordEnd(i);
      while (finding < found.size() && found.end(finding) <= bytes[i]) {
        finding++;
      }
      boolean isFound = finding < found.size() && found.start(finding) < bytes[end];
      if (!isFound && !isOfMask(i, end)) {
        add(i, end);
      }
      i = end;
    }
  }

  /**
   * The text with a question mark for each byte that is no UTF-8, so that places can be counted.
   */
  private static String wellFormed(Text in) {
    byte[] utf8 = Arrays.copyOfRange(in.utf8(), in.from(), in.to());
    int i = 0;
    while (i < utf8.length) {
      int length = Utf8.length(utf8, i, utf8.length);
      if (length == 0) {
        utf8[i] = '?';
      }
      i += Math.max(1, length);
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static int[] bytes(String text, int from) {
    int[] places = new int[text.length() + 1];
    int at = from;
    for (int i = 0; i < text.length(); i++) {
      places[i] = at;
      char c = text.charAt(i);
      // The second half of a pair brings the last two of its four bytes.
      at += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    places[text.length()] = at;
    return places;
  }

  private static boolean isSign(char c) {
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private int wordEnd(int from) {
    int i = from + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean joins = c == '\'' || c == '\u2019' || c == '-';
      boolean goesOn = joins && i + 1 < text.length() && isSign(text.charAt(i + 1));
      if (!isSign(c) && !goesOn) {
        break;
      }
      i++;
    }
    return i;
  }

  /** Whether stars stand right before or behind, or before a number with a space between. */
  private boolean isOfMask(int start, int end) {
    int before = start - 1;
    while (before >= 0 && start - before < 4 && " -.()@".indexOf(text.charAt(before)) >= 0) {
      before--;
    }
    return (before >= 0 && text.charAt(before) == '*' && !isLetter(start))
        || (start > 0 && text.charAt(start - 1) == '*')
        || (before >= 0 && text.charAt(before) == '*' && text.charAt(start - 1) == '.')
        || (end < text.length() && text.charAt(end) == '*');
  }

  private boolean isLetter(int at) {
    return Character.isLetter(text.charAt(at));
  }

  private void add(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = start;
    ends[size++] = end;
  }

  int size() {
    return size;
  }

  /** A word without the 's of a possessive. */
  String word(int i) {
    return text.substring(starts[i], end(i));
  }

  private int end(int i) {
    int end = ends[i];
    boolean isPossessive =
        end - starts[i] > 2
            && (text.charAt(end - 1) | 0x20) == 's'
            && (text.charAt(end - 2) == '\'' || text.charAt(end - 2) == '\u2019');
    return isPossessive ? end - 2 : end;
  }

  /** What stands between a word and the next, or up to the end of the text; at most eight signs. */
  String gap(int i) {
    int next = i + 1 < size ? starts[i + 1] : text.length();
    return i < 0
        ? text.substring(0, Math.min(next, 8))
        : text.substring(end(i), Math.min(next, end(i) + 8));
  }

  /** Whether a word begins with a capital letter. */
  boolean isCapital(int i) {
    return i >= 0 && i < size && Character.isUpperCase(text.charAt(starts[i]));
  }

  /** Whether a word is written in capitals throughout. */
  boolean isShouted(int i) {
    for (int p = starts[i]; p < ends[i]; p++) {
      if (Character.isLowerCase(text.charAt(p))) {
        return false;
      }
    }
    return true;
  }

  boolean isNumber(int i) {
    return i >= 0 && i < size && Character.isDigit(text.charAt(starts[i]));
  }

  boolean holdsDigit(int i) {
    for (int p = starts[i]; p < ends[i]; p++) {
      if (Character.isDigit(text.charAt(p))) {
        return true;
      }
    }
    return false;
  }

  /** The sign right before a word, or a space. */
  char before(int i) {
    return starts[i] == 0 ? ' ' : text.charAt(starts[i] - 1);
  }

  /** Where a word begins in the UTF-8 of the text. */
  int from(int i) {
    return bytes[starts[i]];
  }

  /** Where it ends there, without its possessive. */
  int to(int i) {
    return bytes[end(i)];
  }
}
