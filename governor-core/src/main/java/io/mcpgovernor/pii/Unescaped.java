package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;

/** The content of a JSON string with its escapes undone. */
final class Unescaped extends MappedText {
  /** What the letter of an escape of two bytes stands for; most stand for themselves. */
  private static final byte[] MEANINGS = meanings();

  /** Where a block was of less use than this, because of longer escapes, ... */
  private static final int BLOCK_MIN = 32;

  /** ... so many bytes go by without. */
  private static final int WITHOUT_BLOCKS = 256;

  /** A slice as text, with the escapes of as many JSON strings undone as it stands in. */
  static String text(byte[] source, int from, int to, int strings) {
    byte[] text = source;
    int start = from;
    int end = to;
    for (int i = 0; i < strings; i++) {
      Unescaped content = new Unescaped();
      content.read(text, start, end);
      text = content.utf8();
      start = 0;
      end = content.length();
    }
    return new String(text, start, end - start, StandardCharsets.UTF_8);
  }

  /**
   * Reads what stands between the quotes of a valid JSON string.
   *
   * @param source holds the string, already found valid by {@link JsonCursor}
   */
  void read(byte[] source, int from, int to) {
    start(from, to - from);
    int at = from;
    int last = to - EscapeBlock.BYTES - SLACK;
    int blocksFrom = from;
    while (at < to) {
      if (at >= blocksFrom && at <= last) {
        long starts = EscapeBlock.starts(backslashes(source, at));
        int next = putSlices(source, at, starts, at + EscapeBlock.length(starts), MEANINGS);
        if (next - at < BLOCK_MIN) {
          blocksFrom = at + WITHOUT_BLOCKS;
        }
        at = next;
        continue;
      }
      byte c = source[at];
      if (c != '\\') {
        put(c);
        at++;
        continue;
      }
      at = source[at + 1] == 'u' ? unicode(source, at, to) : simple(source[at + 1], at);
      mark(at);
    }
    end();
  }

  private int simple(byte letter, int at) {
    byte meaning = MEANINGS[letter & 0xff];
    put(meaning == 0 ? letter : meaning);
    return at + 2;
  }

  private static byte[] meanings() {
    byte[] meanings = new byte[256];
    String letters = "\"\\/bfnrt";
    String meant = "\"\\/\b\f\n\r\t";
    for (int i = 0; i < letters.length(); i++) {
      meanings[letters.charAt(i)] = (byte) meant.charAt(i);
    }
    return meanings;
  }

  private static long backslashes(byte[] text, int at) {
    long backslashes = 0;
    for (int i = 0; i < EscapeBlock.BYTES; i += Long.BYTES) {
      backslashes |= EightBytes.bits(backslashes(EightBytes.at(text, at + i))) << i;
    }
    return backslashes;
  }

  /** Marks each backslash, and no byte beyond ASCII. */
  private static long backslashes(long eight) {
    return StringBytes.backslashes(eight) & ~eight;
  }

  private int unicode(byte[] source, int at, int to) {
    int point = hex(source, at + 2);
    int end = at + 6;
    if (Character.isHighSurrogate((char) point)
        && end + 6 <= to
        && source[end] == '\\'
        && source[end + 1] == 'u') {
      int low = hex(source, end + 2);
      if (Character.isLowSurrogate((char) low)) {
        putPoint(Character.toCodePoint((char) point, (char) low));
        return end + 6;
      }
    }
    // A lone surrogate has no UTF-8 form; the replacement character says that one stood here.
    putPoint(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point);
    return end;
  }

  private static int hex(byte[] source, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 4 | Character.digit(source[i], 16);
    }
    return value;
  }
}
