package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.SecretValue;

/** Secrets that a sentence names: "the password is hunter22". */
final class SpokenSecret {
  /** Shorter words are not looked at: prose is full of them. */
  static final int BYTES_MIN = 8;

  /** How long the word right before may be that names it. */
  private static final int NAME_BYTES_MAX = 12;

  private static final boolean[] AFTER = Ascii.set("\"'`,;<>()[]{}");

  private SpokenSecret() {}

  /** Whether "password is" or the like stands right before {@code at}. */
  static boolean isNamed(byte[] text, int low, int at) {
    int space = at - 1;
    if (space - 2 < low || text[space] != ' ') {
      return false;
    }
    int name = Words.start(text, Math.max(low, space - NAME_BYTES_MAX), space);
    long cue = Vocabulary.cue(text, name, space);
    return Cue.hint(cue) == Hint.NEUTRAL || Cue.isFor(cue, Labels.WHOLE);
  }

  /** Whether a word is long enough for one, so that it is worth asking what stands before it. */
  static boolean mayBegin(byte[] text, int from, int at, int high) {
    return at > from && text[at - 1] == ' ' && wordEnd(text, at, high) - at >= BYTES_MIN;
  }

  /**
   * Where the secret at {@code at} ends that was named, or {@code at} if it is none: it holds a
   * digit, which other words of prose do not.
   */
  static int end(byte[] text, int at, int high) {
    int end = wordEnd(text, at, high);
    while (end > at && ".:!?".indexOf(text[end - 1]) >= 0) {
      end--;
    }
    boolean isSecret =
        end - at >= BYTES_MIN && holdsDigit(text, at, end) && SecretValue.isSecret(text, at, end);
    return isSecret ? end : at;
  }

  /** Where a word ends, with the stops of a sentence. */
  private static int wordEnd(byte[] text, int at, int high) {
    int end = at;
    while (end < high && text[end] > ' ' && !AFTER[text[end] & 0xff]) {
      end++;
    }
    return end;
  }

  private static boolean holdsDigit(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Ascii.isDigit(text[i])) {
        return true;
      }
    }
    return false;
  }
}
