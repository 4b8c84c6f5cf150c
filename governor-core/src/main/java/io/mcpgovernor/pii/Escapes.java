package io.mcpgovernor.pii;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes text so that it can stand inside a JSON string, or a string inside a string. */
final class Escapes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Escapes() {}

  /** Escapes text as often as there are strings around it; as a rule the very same array. */
  static byte[] escape(byte[] text, int times) {
    byte[] escaped = text;
    for (int i = 0; i < times && needsEscapes(escaped); i++) {
      escaped = escape(escaped);
    }
    return escaped;
  }

  /** Text as a JSON string, escaped as often as there are strings around that. */
  static byte[] quote(byte[] text, int times) {
    byte[] inner = escape(text, 1);
    byte[] quoted = new byte[inner.length + 2];
    quoted[0] = '"';
    System.arraycopy(inner, 0, quoted, 1, inner.length);
    quoted[quoted.length - 1] = '"';
    return escape(quoted, times);
  }

  private static boolean needsEscapes(byte[] text) {
    if (isPlain(text)) {
      return false; // as nearly all masks
    }
    for (byte c : text) {
      if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text of eight bytes or more holds nothing but plain content of a JSON string. */
  private static boolean isPlain(byte[] text) {
    int last = text.length - Long.BYTES;
    for (int at = 0; at < last; at += Long.BYTES) {
      if (StringBytes.plainEnds(EightBytes.at(text, at)) != 0) {
        return false;
      }
    }
    // The last eight go back over some that were looked at, rather than beyond the end.
    return last >= 0 && StringBytes.plainEnds(EightBytes.at(text, last)) == 0;
  }

  private static byte[] escape(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 8);
    for (byte c : text) {
      if (c == '"' || c == '\\') {
        out.write('\\');
        out.write(c);
      } else if (c >= 0 && c < ' ') {
        out.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]});
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }
}
