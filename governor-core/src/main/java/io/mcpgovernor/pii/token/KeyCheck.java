package io.mcpgovernor.pii.token;

/** What the body of a key must be like besides its characters and its length. */
enum KeyCheck {
  /** Nothing: prefix, characters and length leave no doubt. */
  NONE,
  /** A digit and a letter, which tells keys from names in words. */
  VARIED,
  /** A digit, a capital and a small letter. */
  MIXED,
  /**
   * The right checksum, or else {@link #MIXED}: providers change their schemes, examples do not
   * always keep them, and a key that slips through costs more than a mask too many. So the checksum
   * only decides where the characters do not.
   */
  CHECKSUM;

  /** Whether the body {@code [from, to)} passes. */
  boolean passes(byte[] text, int from, int to) {
    return switch (this) {
      case NONE -> true;
      case VARIED -> varied(text, from, to, false);
      case MIXED -> varied(text, from, to, true);
      case CHECKSUM -> KeyChecksum.matches(text, from, to) || varied(text, from, to, true);
    };
  }

  private static boolean varied(byte[] text, int from, int to, boolean bothCases) {
    boolean digit = false;
    boolean upper = false;
    boolean lower = false;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      digit |= Bytes.isDigit(c);
      upper |= Bytes.isUpper(c);
      lower |= Bytes.isLower(c);
    }
    return digit && (bothCases ? upper && lower : upper || lower);
  }
}
