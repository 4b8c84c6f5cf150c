package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;

/** The content of a JSON string with its escapes undone. */
final class Unescaped extends MappedText {
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
    while (at < to) {
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
    put(
        switch (letter) {
          case 'b' -> (byte) '\b';
          case 'f' -> (byte) '\f';
          case 'n' -> (byte) '\n';
          case 'r' -> (byte) '\r';
          case 't' -> (byte) '\t';
          default -> letter;
        });
    return at + 2;
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
