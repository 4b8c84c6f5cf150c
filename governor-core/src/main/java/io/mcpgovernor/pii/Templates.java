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

    Entry(Template template, Kind kind, @Nullable Check check) {
      this.template = template;
      this.kind = kind;
      this.check = check;
    }
  }

  private static final Entry[] NONE = {};
  private static final Entry[][] DIGITS_SAID = index(true, Proof.WORD);
  private static final Entry[][] DIGITS_CHECKED = index(true, Proof.CHECK);
  private static final Entry[][] WORD_SAID = index(false, Proof.WORD);
  private static final Entry[][] WORD_CHECKED = index(false, Proof.CHECK);

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
            lists.get(run).add(new Entry(template, kind, row.check));
          }
        }
      }
    }
    return lists.stream().map(list -> list.toArray(NONE)).toArray(Entry[][]::new);
  }
}
