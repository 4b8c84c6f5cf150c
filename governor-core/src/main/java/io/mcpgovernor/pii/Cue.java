package io.mcpgovernor.pii;

/**
 * What a word says, as one long, so that asking allocates nothing: how strongly, a {@link Hint},
 * and for which kinds, one bit each.
 */
final class Cue {
  static final long NONE = 0;

  /** How many kinds the table may have. */
  static final int KINDS_MAX = 58;

  /** Also set where the word may be the second of a phrase that says something else. */
  static final long ENDS_PHRASE = 1L << 58;

  /** The field holds the name of another: {@code {"name": "phone", "value": "..."}}. */
  static final long NAMES = 1L << 59;

  /** The field holds the value whose name stands beside it. */
  static final long HOLDS_VALUE = 1L << 60;

  private static final int HINT_SHIFT = 61;
  private static final long KINDS = ENDS_PHRASE - 1;

  private Cue() {}

  @SuppressWarnings("EnumOrdinal") // packed for the life of the JVM, stored nowhere
  static long of(Hint hint, long kinds) {
    return (long) hint.ordinal() << HINT_SHIFT | kinds;
  }

  static Hint hint(long cue) {
    return Hint.of((int) (cue >>> HINT_SHIFT));
  }

  /** The kinds it speaks for, a set of {@link #bit}s. */
  static long kinds(long cue) {
    return cue & KINDS;
  }

  /** The same kinds, said in another way. */
  static long with(long cue, Hint hint) {
    return of(hint, kinds(cue));
  }

  /** Whether it speaks for one of these kinds. */
  static boolean isFor(long cue, long kinds) {
    return hint(cue).isFor() && (cue & kinds & KINDS) != 0;
  }

  /** The bit of a built-in kind. */
  static long bit(Kind kind) {
    return 1L << kind.index();
  }
}
