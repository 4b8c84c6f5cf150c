package io.mcpgovernor.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * HTTP/1.1 as bytes. We write few headers, and always the same, so they are written at once into
 * the buffer that goes to the socket.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class Wire {
  private static final byte[] LINE_END = ascii("\r\n");
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
  private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
  private static final byte[] HEX = ascii("0123456789abcdef");

  private Wire() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a value can stand in a header without becoming two. */
  static boolean isHeaderValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        return false;
      }
    }
    return true;
  }

  static void header(ByteBuf out, String name, String value) {
    if (!isHeaderValue(value)) {
      throw new IllegalArgumentException("the value of header " + name + " cannot be sent");
    }
    ByteBufUtil.writeAscii(out, name);
    out.writeByte(':').writeByte(' ');
    out.writeCharSequence(value, StandardCharsets.ISO_8859_1);
    out.writeBytes(LINE_END);
  }

  static void contentLength(ByteBuf out, int length) {
    out.writeBytes(CONTENT_LENGTH);
    decimal(out, length);
    out.writeBytes(LINE_END);
  }

  static void statusLine(ByteBuf out, int status) {
    ByteBufUtil.writeAscii(out, "HTTP/1.1 ");
    decimal(out, status);
    out.writeByte(' ');
    ByteBufUtil.writeAscii(out, HttpResponseStatus.valueOf(status).reasonPhrase());
    out.writeBytes(LINE_END);
  }

  static void lineEnd(ByteBuf out) {
    out.writeBytes(LINE_END);
  }

  static void chunk(ByteBuf out, byte[] bytes, int from, int length) {
    // A chunk of length 0 would end the body.
    if (length == 0) {
      return;
    }
    int shift = (31 - Integer.numberOfLeadingZeros(length)) & ~3;
    for (; shift >= 0; shift -= 4) {
      out.writeByte(HEX[length >>> shift & 0xf]);
    }
    out.writeBytes(LINE_END).writeBytes(bytes, from, length).writeBytes(LINE_END);
  }

  static void lastChunk(ByteBuf out) {
    out.writeBytes(LAST_CHUNK);
  }

  private static void decimal(ByteBuf out, int number) {
    int power = 1;
    while (number / power >= 10) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      out.writeByte('0' + number / power % 10);
    }
  }
}
