package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The last three fields of a line: its number, and what chains it. Not thread-safe. */
final class ChainLink {
  private static final byte[] SEQ = ascii(",\"seq\":");
  private static final byte[] PREV = ascii(",\"prev\":");
  private static final byte[] HASH = ascii(",\"hash\":");
  private static final int QUOTED = 2 * Sha256.BYTES + 2;
  private static final int SEQ_DIGITS_MAX = 18;

  /** Of the record before. */
  final byte[] prev = new byte[Sha256.BYTES];

  /** What the record says its own is. */
  final byte[] hash = new byte[Sha256.BYTES];

  private long seq;
  private int hashedTo;

  /** Where the record stands in its log, from 1. */
  long seq() {
    return seq;
  }

  /** The end of the bytes that the hash covers. */
  int hashedTo() {
    return hashedTo;
  }

  /** Reads the end of a line that was scanned. */
  void read(RecordScanner record, byte[] line, int to) throws BadRecordException {
    int hashFrom = to - 1 - QUOTED;
    hashedTo = hashFrom - HASH.length;
    int prevFrom = hashedTo - QUOTED;
    int seqTo = prevFrom - PREV.length;
    int seqFrom = record.from(RecordField.SEQ);
    boolean inPlace =
        record.from(RecordField.HASH) == hashFrom
            && record.from(RecordField.PREV) == prevFrom
            && seqFrom >= 0
            && record.to(RecordField.SEQ) == seqTo
            && is(HASH, line, hashedTo)
            && is(PREV, line, seqTo)
            && is(SEQ, line, seqFrom - SEQ.length);
    if (!inPlace) {
      throw new BadRecordException("the line does not end with its seq, prev and hash");
    }
    if (!Hex.readHash(line, prevFrom + 1, prev, 0) || !Hex.readHash(line, hashFrom + 1, hash, 0)) {
      throw new BadRecordException("prev and hash have to be lower-case hex digits");
    }
    seq = number(line, seqFrom, seqTo);
  }

  private static long number(byte[] line, int from, int to) throws BadRecordException {
    long number = 0;
    boolean isNumber = to - from <= SEQ_DIGITS_MAX && line[from] != '0';
    for (int i = from; isNumber && i < to; i++) {
      isNumber = line[i] >= '0' && line[i] <= '9';
      number = 10 * number + line[i] - '0';
    }
    if (!isNumber) {
      throw new BadRecordException("seq is no number that counts from 1");
    }
    return number;
  }

  private static boolean is(byte[] expected, byte[] line, int at) {
    return at >= 0 && Arrays.equals(expected, 0, expected.length, line, at, at + expected.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
