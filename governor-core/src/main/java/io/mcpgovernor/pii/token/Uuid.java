package io.mcpgovernor.pii.token;

/** UUIDs in their usual form (RFC 9562): 8, 4, 4, 4 and 12 hex digits with dashes between them. */
public final class Uuid {
  private static final int LENGTH = 36;

  // What makes a zero of a dash, at a byte's place within eight.
  private static final long DASH_AT_3 = (long) ('-' ^ '0') << 24;
  private static final long DASH_AT_4 = (long) ('-' ^ '0') << 32;

  private Uuid() {}

  /**
   * Where the UUID that begins at {@code from} ends, or -1. It does not go on with a letter, digit
   * or underscore.
   */
  public static int end(byte[] text, int from, int to) {
    if (to - from < LENGTH
        || text[from + 8] != '-'
        || text[from + 13] != '-'
        || text[from + 18] != '-'
        || text[from + 23] != '-') {
      return -1;
    }
    // Five times eight bytes cover it; two of them hold a dash that is known by now.
    boolean hex =
        Hex.eight(Hex.eightBytes(text, from))
            && Hex.eight(Hex.eightBytes(text, from + 9) ^ DASH_AT_4)
            && Hex.eight(Hex.eightBytes(text, from + 15) ^ DASH_AT_3)
            && Hex.eight(Hex.eightBytes(text, from + 24))
            && Hex.eight(Hex.eightBytes(text, from + 28));
    int end = from + LENGTH;
    return hex && !Bytes.wordAt(text, end, to) ? end : -1;
  }
}
