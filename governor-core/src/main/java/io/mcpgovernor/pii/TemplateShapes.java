package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * Numbers and words of the shapes in the table of kinds: those that words name, and those that pass
 * a check. Which shapes are tried at all, the first run of letters and digits says; see {@link
 * Templates}.
 *
 * <p>Used for one text after the other by one thread at a time.
 */
final class TemplateShapes {
  private static final int COMPACT_MAX = 64;
  private static final byte[] NOTHING = {};

  private final byte[] compact = new byte[COMPACT_MAX];
  private byte[] text = NOTHING;
  private int to;
  private Findings findings = new Findings();

  @SuppressWarnings("ReferenceEquality") // as in Text
  void start(byte[] utf8, int end, Findings out) {
    if (text != utf8) {
      text = utf8;
    }
    to = end;
    if (findings != out) {
      findings = out;
    }
  }

  /** Forgets the text. */
  void wipe() {
    text = NOTHING;
    Arrays.fill(compact, (byte) 0);
  }

  /**
   * Whether what begins at {@code at} has any of the shapes.
   *
   * @param digits whether its first run is digits alone
   * @param end where its first run of letters and digits ends
   * @param high where the next finding begins, or the text ends
   */
  boolean fits(boolean digits, int at, int end, int high) {
    return fitsAny(Templates.of(digits, end - at, Proof.WORD), at, end, high)
        || fitsAny(Templates.of(digits, end - at, Proof.CHECK), at, end, high);
  }

  private boolean fitsAny(Templates.Entry[] entries, int at, int end, int high) {
    for (Templates.Entry entry : entries) {
      if (entry.end(text, at, end, high) > 0) {
        return true;
      }
    }
    return false;
  }

  /** The kind that words name and that has the shape of just this place, or else the other. */
  Kind named(long cue, int at, int end, Kind otherwise) {
    if (Cue.hint(cue) == Hint.SAID && !Cue.isFor(cue, Cue.bit(otherwise))) {
      int run = Ascii.digitsEnd(text, at, end) - at;
      for (Templates.Entry entry : Templates.of(true, run, Proof.WORD)) {
        if (Cue.isFor(cue, Cue.bit(entry.kind)) && entry.template.end(text, at, to) == end) {
          return entry.kind;
        }
      }
    }
    return otherwise;
  }

  /** Adds what words say it is, if it has the shape; said some words away, it has to be valid. */
  boolean addSaid(long cue, boolean digits, int at, int end, int high) {
    if (!Cue.hint(cue).isFor()) {
      return false;
    }
    for (Templates.Entry entry : Templates.of(digits, end - at, Proof.WORD)) {
      if (Cue.isFor(cue, Cue.bit(entry.kind))) {
        int last = entry.end(text, at, end, high);
        boolean proved =
            Cue.hint(cue) == Hint.SAID || (entry.check != null && passes(entry, at, last));
        if (last > 0 && proved && endsClean(last, high)) {
          findings.add(at, last, entry.kind);
          return true;
        }
      }
    }
    return false;
  }

  /** Adds what passes a check, if nothing speaks against it. */
  boolean addChecked(long cue, boolean digits, int at, int end, int low, int high) {
    if (Cue.hint(cue).isVeto()) {
      return false;
    }
    boolean isOther = Cue.hint(cue) == Hint.SAID;
    for (Templates.Entry entry : Templates.of(digits, end - at, Proof.CHECK)) {
      if (isOther && !Cue.isFor(cue, Cue.bit(entry.kind))) {
        continue;
      }
      int last = entry.end(text, at, end, high);
      if (last > 0
          && endsClean(last, high)
          && isAlone(at, last, low, high)
          && passes(entry, at, last)) {
        findings.add(at, last, entry.kind);
        return true;
      }
    }
    return false;
  }

  /** Whether no further groups of digits stand before or after, but for those that were found. */
  private boolean isAlone(int at, int end, int low, int high) {
    boolean before = at - 2 >= low && isSeparator(text[at - 1]) && endsGroup(at - 1, low);
    boolean after = end + 1 < high && isSeparator(text[end]) && beginsGroup(end + 1, high);
    return !before && !after;
  }

  private boolean endsGroup(int end, int low) {
    int start = end;
    while (start > low && end - start < COMPACT_MAX && Ascii.isDigit(text[start - 1])) {
      start--;
    }
    return start < end && (start == low || !Ascii.isLetter(text[start - 1]));
  }

  private boolean beginsGroup(int start, int high) {
    int end = Ascii.digitsEnd(text, start, Math.min(high, start + COMPACT_MAX));
    return end > start && (end == high || !Ascii.isLetter(text[end]));
  }

  private static boolean isSeparator(byte c) {
    return c == ' ' || c == '-';
  }

  /** Whether nothing after it makes it the beginning of something longer. */
  private boolean endsClean(int end, int high) {
    if (end >= high) {
      return Boundary.endsWord(text, end, to);
    }
    byte c = text[end];
    boolean goesOn =
        (c == '-' || c == '_' || c == '.' || c == '/')
            && end + 1 < high
            && Ascii.isWord(text[end + 1]);
    return !goesOn && c != '@' && c != '_' && Boundary.endsWord(text, end, to);
  }

  /** Whether its letters and digits, without what separates them, pass the check of its kind. */
  private boolean passes(Templates.Entry entry, int at, int end) {
    if (entry.check == null || end < 0) {
      return false;
    }
    int count = 0;
    for (int i = at; i < end; i++) {
      byte c = text[i];
      if (Ascii.isWord(c)) {
        if (count == COMPACT_MAX) {
          return false;
        }
        compact[count++] = Ascii.upper(c);
      }
    }
    return entry.check.passes(compact, 0, count);
  }
}
