package io.mcpgovernor.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What every line ends with: {@code ,"seq":12,"prev":"64 digits","hash":"64 digits"}}, in this
 * order and without white space, so that it can be read without understanding the rest.
 */
final class LineEnd {
  static final byte[] SEQ = ascii(",\"seq\":");
  static final byte[] PREV = ascii(",\"prev\":\"");
  static final byte[] HASH = ascii("\",\"hash\":\"");
  static final byte[] END = ascii("\"}");

  private static final int DIGITS = 64;
  private static final int SEQ_DIGITS_MAX = 18;
  private static final int AFTER_SEQ = PREV.length + DIGITS + HASH.length + DIGITS + END.length;

  private final long seq;
  private final byte[] prev;
  private final byte[] hash;
  private final int hashed;

  private LineEnd(long seq, byte[] prev, byte[] hash, int hashed) {
    this.seq = seq;
    this.prev = prev;
    this.hash = hash;
    this.hashed = hashed;
  }

  /** The record's place, from 1. */
  long seq() {
    return seq;
  }

  /** The hash of the record before, 32 bytes. */
  byte[] prev() {
    return prev;
  }

  /** The hash of this one, 32 bytes. */
  byte[] hash() {
    return hash;
  }

  /** How many bytes of the line the hash covers, from its beginning. */
  int hashed() {
    return hashed;
  }

  /** Reads the end of a line, given without its line break; null if it ends in another way. */
  static @Nullable LineEnd of(byte[] line) {
    int prev = line.length - AFTER_SEQ;
    int hash = line.length - DIGITS - END.length - HASH.length;
    if (prev < SEQ.length + 2
        || line[0] != '{'
        || !has(line, prev, PREV)
        || !has(line, hash, HASH)
        || !has(line, line.length - END.length, END)) {
      return null;
    }
    int digits = prev;
    while (digits > 0 && line[digits - 1] >= '0' && line[digits - 1] <= '9') {
      digits--;
    }
    if (digits == prev
        || prev - digits > SEQ_DIGITS_MAX
        || line[digits] == '0'
        || digits < SEQ.length
        || !has(line, digits - SEQ.length, SEQ)) {
      return null;
    }
    byte[] prevHash = hex(line, prev + PREV.length);
    byte[] ownHash = hex(line, hash + HASH.length);
    if (prevHash == null || ownHash == null) {
      return null;
    }
    long seq = 0;
    for (int i = digits; i < prev; i++) {
      seq = 10 * seq + line[i] - '0';
    }
    return new LineEnd(seq, prevHash, ownHash, hash + 1); // the quote that ends prev is covered
  }

  private static byte @Nullable [] hex(byte[] line, int from) {
    byte[] bytes = new byte[DIGITS / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = digit(line[from + 2 * i]);
      int low = digit(line[from + 2 * i + 1]);
      if (high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) ((high << 4) | low);
    }
    return bytes;
  }

  private static int digit(byte c) {
    return (c >= 'A' && c <= 'F') || !HexFormat.isHexDigit(c) ? -1 : HexFormat.fromHexDigit(c);
  }

  private static boolean has(byte[] line, int at, byte[] text) {
    return Arrays.equals(line, at, at + text.length, text, 0, text.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
