package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * E-mail addresses, told by what stands around an {@code @}: RFC 5321's sizes, RFC 5322's dot-atom
 * less the signs that as a rule are punctuation around an address, letters of all scripts (RFC
 * 6531).
 *
 * <p>Not taken for one: {@code git@host:org/repo}, {@code pkg@1.2.3}, {@code image@2x.png}.
 */
final class EmailShape {
  static final int LOCAL_BYTES_MAX = 64;
  static final int DOMAIN_BYTES_MAX = 255;

  private static final String LOCAL_SIGNS = "._%+-'&~#!$";

  /**
   * Endings of file names that are no top-level domains, so that nothing with them is an address.
   */
  private static final Set<String> FILES =
      Set.of(
          ("png jpg jpeg gif webp svg avif bmp ico tif tiff heic css scss less js mjs cjs ts tsx"
                  + " jsx vue json jsonl xml html htm yaml yml toml txt csv tsv log pdf doc docx xls"
                  + " xlsx ppt pptx java class jar war go kt rb php cpp hpp wav mp gz tar tgz exe dll"
                  + " bin dat map lock conf cfg ini")
              .split(" ", -1));

  private static final Set<String> COMMON = Set.of("com", "org", "net", "edu", "gov", "mil");

  private EmailShape() {}

  /**
   * The address around the {@code @} at {@code at}, as a {@link Span}, or {@link Span#NONE}.
   *
   * @param low where the last address before it ends, or the text begins
   */
  static long around(byte[] text, int from, int low, int at, int to) {
    int start = localStart(text, from, low, at, to);
    if (start == at) {
      return Span.NONE;
    }
    int end = domainEnd(text, at + 1, Math.min(to, at + 1 + DOMAIN_BYTES_MAX));
    if (end < 0 || isRepository(text, start, at, end, to)) {
      return Span.NONE;
    }
    return Span.of(start, end);
  }

  private static int localStart(byte[] text, int from, int low, int at, int to) {
    int limit = Math.max(low, at - LOCAL_BYTES_MAX);
    int start = at;
    while (start > limit) {
      byte c = text[start - 1];
      if (c < 0) {
        int character = Utf8.start(text, limit, start - 1);
        if (!Utf8.isLetter(text, character, at)) {
          break;
        }
        start = character;
      } else if (Ascii.isWord(c) || LOCAL_SIGNS.indexOf(c) >= 0) {
        start--;
      } else {
        start = MaskText.emailEnd(text, from, start, to);
        break;
      }
    }
    start = afterSigns(text, start, at);
    int digits = Ascii.digitsEnd(text, start, at);
    if (MaskText.isTail(text, from, start, digits)) {
      start = afterSigns(text, digits, at);
    }
    for (int i = start; i < at; i++) {
      if (text[i] < 0 || Ascii.isWord(text[i])) {
        return start;
      }
    }
    return at;
  }

  /** Signs in front of an address are punctuation. */
  private static int afterSigns(byte[] text, int from, int at) {
    int start = from;
    while (start < at && text[start] >= 0 && !Ascii.isWord(text[start]) && text[start] != '_') {
      start++;
    }
    return start;
  }

  /** Where the longest domain at {@code from} ends that has a dot and a top level, or -1. */
  private static int domainEnd(byte[] text, int from, int to) {
    int end = -1;
    int endLabel = from;
    int labels = 0;
    boolean numeric = true;
    int label = from;
    while (true) {
      int labelEnd = labelEnd(text, label, to);
      if (labelEnd == label) {
        break;
      }
      labels++;
      numeric &= Ascii.digitsEnd(text, label, labelEnd) == labelEnd;
      if (labels == 2 && numeric) {
        return -1; // a version, as in pkg@1.2.3
      }
      int top = labels > 1 ? topLevelEnd(text, label, labelEnd, to) : -1;
      if (top > 0 && FILES.contains(lower(text, label, top))) {
        // A file named after an address still holds the address.
        boolean known =
            end > 0 && (end - endLabel == 2 || COMMON.contains(lower(text, endLabel, end)));
        return known ? end : -1;
      }
      if (top > 0) {
        end = top;
        endLabel = label;
      }
      if (!Ascii.is(text, labelEnd, to, '.')) {
        break;
      }
      label = labelEnd + 1;
    }
    return end;
  }

  private static int labelEnd(byte[] text, int from, int to) {
    int end = from;
    while (end < to) {
      byte c = text[end];
      if (Ascii.isWord(c) || c == '-') {
        end++;
      } else if (c < 0 && Utf8.isLetter(text, end, to)) {
        end += Utf8.length(text, end, to);
      } else {
        break;
      }
    }
    return end;
  }

  /** Where the top-level domain ends that a label is or begins with (".com-"), or -1. */
  private static int topLevelEnd(byte[] text, int from, int to, int textEnd) {
    if (to - from > 4
        && (text[from] | 0x20) == 'x'
        && (text[from + 1] | 0x20) == 'n'
        && text[from + 2] == '-'
        && text[from + 3] == '-') {
      return to;
    }
    // Letters of one script: in Chinese, say, the text goes on right after an address.
    boolean ascii = text[from] >= 0;
    int letters = 0;
    int end = from;
    while (end < to && (ascii ? Ascii.isLetter(text[end]) : text[end] < 0)) {
      end += ascii ? 1 : Utf8.length(text, end, to);
      letters++;
    }
    boolean ends = !ascii || Boundary.endsWord(text, end, textEnd);
    return letters >= 2 && ends ? end : -1;
  }

  /** {@code git@host:org/repo} and its like: a login and a path, not somebody's address. */
  private static boolean isRepository(byte[] text, int start, int at, int end, int to) {
    if (end == to) {
      return false;
    }
    if (at - start == 3 && text[start] == 'g' && text[start + 1] == 'i' && text[start + 2] == 't') {
      return text[end] == ':' || text[end] == '/';
    }
    if (text[end] != ':') {
      return false;
    }
    // Digits are few here because a path with PII in it would read differently once that is masked.
    int digits = 0;
    int p = end + 1;
    while (p < to && p - end <= LOCAL_BYTES_MAX && digits <= 2 && isPath(text[p])) {
      digits += Ascii.isDigit(text[p]) ? 1 : 0;
      p++;
    }
    return p > end + 1 && digits <= 2 && Ascii.is(text, p, to, '/');
  }

  private static boolean isPath(byte c) {
    return Ascii.isWord(c) || c == '-' || c == '_' || c == '.' || c == '~';
  }

  private static String lower(byte[] text, int from, int to) {
    byte[] lower = new byte[to - from];
    for (int i = from; i < to; i++) {
      lower[i - from] = Ascii.isUpper(text[i]) ? (byte) (text[i] | 0x20) : text[i];
    }
    return new String(lower, StandardCharsets.UTF_8);
  }
}
