package io.mcpgovernor.config.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The bytes of a file as text, if they are UTF-8. */
final class YamlBytes {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private YamlBytes() {}

  /** The text, without a byte order mark. */
  static String text(byte[] bytes, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
    chars.flip();
    if (result.isError()) {
      throw problems.fatal(
          endOf(chars),
          "",
          "the file is not UTF-8 from here on; save it as UTF-8 (in most editors: save with"
              + " encoding)");
    }
    boolean isMarked = chars.hasRemaining() && chars.charAt(0) == BYTE_ORDER_MARK;
    return isMarked ? chars.subSequence(1, chars.length()).toString() : chars.toString();
  }

  private static Place endOf(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(text.charAt(i))) {
        column++;
      }
    }
    return new Place(line, column);
  }
}
