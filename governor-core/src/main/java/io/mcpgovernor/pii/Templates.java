package io.mcpgovernor.pii;

import io.mcpgovernor.pii.check.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the table of kinds, to be found by what a number begins with: how long its first
 * run of letters and digits is, and whether these are all digits.
 */
final class Templates {
  /** Longer runs begin no number of the table. */
  static final int RUN_MAX = 34;

  /** A shape and whose it is. */
  static final class Entry {
    final Template template;
    final Kind kind;
    final @Nullable Check check;

    /** One bit for each byte of ASCII that may follow the first run. */
    private final long low;

    private final long high;

    Entry(Template template, Kind kind, @Nullable Check check, int run) {
      long lowBits = 0;
      long highBits = 0;
      for (int c = 0; c < 128; c++) {
        boolean may = template.mayGoOn(run, (byte) c);
        lowBits |= (may && c < 64) ? 1L << c : 0;
        highBits |= (may && c >= 64) ? 1L << c : 0;
      }
      this.low = lowBits;
      this.high = highBits;
      this.template = template;
      this.kind = kind;
      this.check = check;
    }

    /**
     * Where the number ends that begins at {@code at}, or -1.
     *
     * @param run where its first run of letters and digits ends
     */
    int end(byte[] text, int at, int run, int to) {
      byte next = run < to ? text[run] : 0;
      boolean may = next < 0 || (((next < 64 ? low : high) >>> next) & 1) != 0;
      return may ? template.end(text, at, to) : -1;
    }
  }

  private static final Entry[] NONE = {};
  private static final Entry[][] DIGITS_SAID = index(true, Proof.WORD);
  private static final Entry[][] DIGITS_CHECKED = index(true, Proof.CHECK);
  private static final Entry[][] WORD_SAID = index(false, Proof.WORD);
  private static final Entry[][] WORD_CHECKED = index(false, Proof.CHECK);

  /**
   * By length of the first run: whether one begins with two digits, digit and letter, and so on.
   */
  private static final boolean[][] BEGINNINGS = beginnings();

  private Templates() {}

  /**
   * The shapes that a number may have.
   *
   * @param digits whether its first run of letters and digits is digits alone
   * @param run how long that run is
   * @param proof what it takes
   */
  static Entry[] of(boolean digits, int run, Proof proof) {
    if (run > RUN_MAX) {
      return NONE;
    }
    if (digits) {
      return (proof == Proof.WORD ? DIGITS_SAID : DIGITS_CHECKED)[run];
    }
    return (proof == Proof.WORD ? WORD_SAID : WORD_CHECKED)[run];
  }

  /** Whether some number of the table may begin with so many letters and digits. */
  static boolean mayBegin(int run) {
    return run <= RUN_MAX && (WORD_SAID[run].length > 0 || WORD_CHECKED[run].length > 0);
  }

  /**
   * Whether some number of the table may begin with so many letters and digits, the first two of
   * which are these.
   *
   * @param run at least 2
   */
  static boolean mayBegin(int run, byte first, byte second) {
    return run <= RUN_MAX
        && BEGINNINGS[run][beginning(Ascii.isLetter(first), Ascii.isLetter(second))];
  }

  private static int beginning(boolean letter, boolean secondLetter) {
    return (letter ? 2 : 0) | (secondLetter ? 1 : 0);
  }

  private static boolean[][] beginnings() {
    boolean[][] beginnings = new boolean[RUN_MAX + 1][4];
    for (int run = 0; run <= RUN_MAX; run++) {
      for (Entry[] entries : List.of(WORD_SAID[run], WORD_CHECKED[run])) {
        for (Entry entry : entries) {
          for (int i = 0; i < 4; i++) {
            beginnings[run][i] |= entry.template.mayBegin((i & 2) != 0, (i & 1) != 0);
          }
        }
      }
    }
    return beginnings;
  }

  private static Entry[][] index(boolean digits, Proof proof) {
    List<List<Entry>> lists = new ArrayList<>();
    for (int run = 0; run <= RUN_MAX; run++) {
      lists.add(new ArrayList<>());
    }
    for (Kind kind : Kinds.all()) {
      KindRow row = Kinds.row(kind);
      for (Template template : row.templates) {
        if (template.proof() == proof) {
          for (int run : template.firstRuns(digits)) {
            lists.get(run).add(new Entry(template, kind, row.check, run));
          }
        }
      }
    }
    return lists.stream().map(list -> list.toArray(NONE)).toArray(Entry[][]::new);
  }
}
