package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Strings of JSON: from how they are written to what they mean. */
final class JsonText {
  private JsonText() {}

  /**
   * What a string says.
   *
   * @param from after its quote, as of a string that was read without complaint
   * @param to before its quote
   */
  static String unescaped(byte[] text, int from, int to) {
    int escape = indexOfEscape(text, from, to);
    if (escape == to) {
      return new String(text, from, to - from, UTF_8);
    }
    StringBuilder said = new StringBuilder(to - from);
    int at = from;
    while (escape < to) {
      said.append(new String(text, at, escape - at, UTF_8));
      said.append(escaped(text, escape));
      at = escape + length(text, escape);
      escape = indexOfEscape(text, at, to);
    }
    return said.append(new String(text, at, to - at, UTF_8)).toString();
  }

  /** Whether it holds half of a surrogate pair, which readers replace, drop or refuse. */
  static boolean hasHalfCharacter(String said) {
    // A whole pair is one code point; only a half is one that is a surrogate.
    return said.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static int indexOfEscape(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != '\\') {
      at++;
    }
    return at;
  }

  private static int length(byte[] text, int escape) {
    return text[escape + 1] == 'u' ? 6 : 2;
  }

  private static char escaped(byte[] text, int escape) {
    return switch (text[escape + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = 0;
        for (int i = escape + 2; i < escape + 6; i++) {
          unit = unit << 4 | Character.digit(text[i], 16);
        }
        yield (char) unit;
      }
      default -> (char) text[escape + 1];
    };
  }
}
