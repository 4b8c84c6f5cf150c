package io.mcpgovernor.pii;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a blob read as text: whatever it claims to be, text is text. Knows how to write
 * other text as it was written.
 */
final class BlobContent {
  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] UTF_16_BE_MARK = {(byte) 0xfe, (byte) 0xff};
  private static final byte[] UTF_16_LE_MARK = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] NO_MARK = {};

  private final byte[] utf8;
  private final byte[] mark;
  private final Charset charset;

  private BlobContent(byte[] utf8, byte[] mark, Charset charset) {
    this.utf8 = utf8;
    this.mark = mark;
    this.charset = charset;
  }

  /** The content as text, or null if it is none. */
  static @Nullable BlobContent of(byte[] bytes, BlobType type) {
    if (startsWith(bytes, UTF_16_BE_MARK)) {
      return decoded(bytes, UTF_16_BE_MARK, StandardCharsets.UTF_16BE);
    }
    if (startsWith(bytes, UTF_16_LE_MARK)) {
      return decoded(bytes, UTF_16_LE_MARK, StandardCharsets.UTF_16LE);
    }
    byte[] mark = startsWith(bytes, UTF_8_MARK) ? UTF_8_MARK : NO_MARK;
    byte[] rest = mark.length == 0 ? bytes : Arrays.copyOfRange(bytes, mark.length, bytes.length);
    if (isPrintable(rest, true)) {
      return new BlobContent(rest, mark, StandardCharsets.UTF_8);
    }
    Charset wide = wide(bytes);
    Charset charset = wide != null ? wide : type.charset();
    BlobContent decoded = charset == null ? null : decoded(bytes, NO_MARK, charset);
    if (decoded != null) {
      return decoded;
    }
    // Text in some charset with ASCII in it: what is not UTF-8 stays as it is.
    return type.isText() && isPrintable(rest, false)
        ? new BlobContent(rest, mark, StandardCharsets.UTF_8)
        : null;
  }

  /** The text; not to be changed. */
  byte[] utf8() {
    return utf8;
  }

  /** Other text, written as this was. */
  byte[] written(byte[] text) {
    byte[] body =
        charset.equals(StandardCharsets.UTF_8)
            ? text
            : new String(text, StandardCharsets.UTF_8).getBytes(charset);
    byte[] written = Arrays.copyOf(mark, mark.length + body.length);
    System.arraycopy(body, 0, written, mark.length, body.length);
    return written;
  }

  private static @Nullable BlobContent decoded(byte[] bytes, byte[] mark, Charset charset) {
    try {
      String text =
          charset
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, mark.length, bytes.length - mark.length))
              .toString();
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return isPrintable(utf8, true) ? new BlobContent(utf8, mark, charset) : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** UTF-16 without saying so: of western text, every other byte is zero. */
  private static @Nullable Charset wide(byte[] bytes) {
    if (bytes.length % 2 != 0) {
      return null;
    }
    int even = 0;
    int odd = 0;
    for (int i = 0; i < bytes.length; i += 2) {
      even += bytes[i] == 0 ? 1 : 0;
      odd += bytes[i + 1] == 0 ? 1 : 0;
    }
    int half = bytes.length / 4;
    return odd > half && even == 0
        ? StandardCharsets.UTF_16LE
        : even > half && odd == 0 ? StandardCharsets.UTF_16BE : null;
  }

  /** Whether there are no characters that only machines read. */
  private static boolean isPrintable(byte[] text, boolean asUtf8) {
    int at = 0;
    while (at < text.length) {
      byte c = text[at];
      if ((c >= 0 && c < ' ' && !isSpace(c)) || c == 0x7f) {
        return false;
      }
      int length = c >= 0 || !asUtf8 ? 1 : Utf8.length(text, at, text.length);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** White space, and the escape that colours a terminal. */
  private static boolean isSpace(byte c) {
    return (c >= '\t' && c <= '\r') || c == 0x1b;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
