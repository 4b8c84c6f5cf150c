package io.mcpgovernor.pii;

/** What the words before a number, or the name of its field, say about it. */
enum Hint {
  /** Nothing. */
  NONE,
  /** A word that says nothing itself but passes on what stands before it ("number", "is"). */
  NEUTRAL,
  /** A phone number, said plainly. */
  PHONE,
  /**
   * Likely a phone number ("call me on"): digits in groups will do, others have to look like one.
   */
  LIKELY_PHONE,
  /** Perhaps a phone number ("phone" or "call" some words away): it has to look like one, too. */
  MAYBE_PHONE,
  /** A US social security number. */
  SSN,
  /** The second half of "social security". */
  SECURITY,
  /** A payment card, said by the field's name. */
  CARD,
  /** A payment card, said somewhere before: it has to look like one, too. */
  MAYBE_CARD,
  /** Some other number that stands for a thing ("order", "trace", "id"). */
  IDENTIFIER,
  /** A moment ("epoch", "created"). */
  TIME,
  /** A quantity ("price", "latitude", "count"). */
  MEASURE;

  /** Whether this speaks against PII where only the look of a number speaks for it. */
  boolean isVeto() {
    return this == IDENTIFIER || this == TIME || this == MEASURE;
  }
}
