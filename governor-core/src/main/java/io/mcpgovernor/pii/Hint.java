package io.mcpgovernor.pii;

/** How strongly a word speaks for some kinds of PII, or against any. */
enum Hint {
  /** It says nothing. */
  NONE,
  /** It says nothing itself but passes on what stands before it ("number", "is"). */
  NEUTRAL,
  /** It names the kind plainly ("phone", "passport"), close by or as the field's name. */
  SAID,
  /** Likely the kind ("call me on"): a number in groups will do, others have to look like one. */
  LIKELY,
  /** Perhaps the kind, said some words away: it has to look like one, or pass a check. */
  MAYBE,
  /** Some other number that stands for a thing ("order", "trace", "id"). */
  IDENTIFIER,
  /** A moment ("epoch", "created"). */
  TIME,
  /** A quantity ("price", "latitude", "count"). */
  MEASURE;

  private static final Hint[] ALL = values();

  static Hint of(int ordinal) {
    return ALL[ordinal];
  }

  /** Whether this speaks against PII where only the look of a number speaks for it. */
  boolean isVeto() {
    return this == IDENTIFIER || this == TIME || this == MEASURE;
  }

  /** Whether this speaks for some kind. */
  boolean isFor() {
    return this == SAID || this == LIKELY || this == MAYBE;
  }
}
