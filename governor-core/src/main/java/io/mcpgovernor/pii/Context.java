package io.mcpgovernor.pii;

/**
 * What is said about the candidates of one text: by the header of a table over them, the words
 * around them, or the name of their field. See {@link Evidence}.
 *
 * <p>Asked about places in ascending order, and remembers which it has read in vain, so that many
 * numbers in a row do not read the same words again and again. Used for one text after the other by
 * one thread at a time.
 */
final class Context {
  private static final byte[] NOTHING = {};

  private final Tables tables = new Tables();
  private Text in = new Text();
  private byte[] text = NOTHING;
  private int from;
  private int to;

  /** Between these places stands no word that says anything. */
  private int clearFrom;

  private int clearTo;

  /** No letter stands between the last candidate and this place. */
  private int quietAfter;

  /** Begins a text, and reads its tables. */
  @SuppressWarnings("ReferenceEquality") // as in Text
  void start(Text wanted) {
    if (in != wanted) {
      in = wanted;
    }
    if (text != in.utf8()) {
      text = in.utf8();
    }
    from = in.from();
    to = in.to();
    tables.read(text, from, to);
    clearFrom = from;
    clearTo = from;
    quietAfter = from;
  }

  /** Forgets the text. */
  void wipe() {
    text = NOTHING;
    tables.wipe();
  }

  /** Adds the cells of tables that only their header tells. */
  void addCells(Findings out) {
    tables.addWhole(out);
  }

  /**
   * What is said about what stands at {@code at}, a {@link Cue}.
   *
   * @param low where the last finding before it ends: what stands before that is about that
   */
  long about(int low, int at) {
    long cue = tables.cue(at);
    if (Cue.hint(cue) != Hint.NONE && Cue.hint(cue) != Hint.NEUTRAL) {
      return cue;
    }
    int window = Math.max(low, at - Evidence.WINDOW_BYTES);
    boolean goesOn = window >= clearFrom && window <= clearTo && at >= clearTo;
    cue = Evidence.before(text, from, low, at, goesOn ? clearTo : window);
    if (cue != Cue.NONE) {
      return cue;
    }
    // What was looked at in vain is not looked at again for the next number.
    clearFrom = goesOn ? clearFrom : window;
    clearTo = at;
    return Evidence.byField(in);
  }

  /** Whether a word stands close enough after {@code at} to be about the number there. */
  boolean hasWordAfter(int at) {
    int limit = Math.min(to, at + PhoneShape.WRITTEN_MAX);
    int p = Math.max(at, quietAfter);
    while (p < limit && !Ascii.isLetter(text[p])) {
      p++;
    }
    quietAfter = p;
    return p < limit;
  }
}
