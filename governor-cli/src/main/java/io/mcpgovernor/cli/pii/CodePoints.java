package io.mcpgovernor.cli.pii;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns places in UTF-8 into places in code points. */
final class CodePoints {
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private final byte[] utf8;
  private int at;
  private int count;

  CodePoints(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * The bytes of a text in which each lone surrogate is U+FFFD, one code point for one, so that
   * places stay where they are.
   */
  static byte[] utf8(String text) {
    try {
      ByteBuffer bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .replaceWith(REPLACEMENT)
              .encode(CharBuffer.wrap(text));
      byte[] utf8 = new byte[bytes.remaining()];
      bytes.get(utf8);
      return utf8;
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("malformed input is replaced", e);
    }
  }

  /** How many code points begin before this byte. Quick if asked for in ascending order. */
  int before(int offset) {
    if (offset < at) {
      at = 0;
      count = 0;
    }
    for (; at < offset; at++) {
      count += (utf8[at] & 0xC0) == 0x80 ? 0 : 1;
    }
    return count;
  }
}
