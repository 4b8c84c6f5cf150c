package io.mcpgovernor.pii;

/**
 * Which backslashes begin an escape, for {@value #BYTES} bytes at a time: a bit a byte, the first
 * one lowest, and no jump that depends on the text (Langdale and Lemire, "Parsing Gigabytes of JSON
 * per Second", section 3.1.1).
 */
final class EscapeBlock {
  static final int BYTES = Long.SIZE;

  private static final long ODD = 0xaaaa_aaaa_aaaa_aaaaL;

  private EscapeBlock() {}

  /**
   * Marks each backslash that begins an escape: in a row of them every other one, from the first
   * on.
   *
   * @param backslashes of a block before which no escape is open
   */
  static long starts(long backslashes) {
    // Subtraction carries from the beginning of each row to its end. Rows that begin at odd bits
    // and those at even ones come out alike, as the odd bits are set before and turned after it.
    long turned = ((backslashes << 1) | ODD) - backslashes;
    return (turned ^ ODD) & backslashes;
  }

  /** How many bytes of a block end with no escape open: all, or all but the last. */
  static int length(long starts) {
    return starts < 0 ? BYTES - 1 : BYTES;
  }
}
