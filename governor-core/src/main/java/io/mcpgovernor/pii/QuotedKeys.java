package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Finds covered fields in text that cannot be read as JSON but holds some: rows one after the
 * other, an object within a sentence, one that was cut. What stands in quotes before a colon is
 * taken for a key. Takes time linear in the text. Not thread-safe.
 */
final class QuotedKeys {
  private static final int UNICODE_DIGITS = 4;

  private final Columns columns;
  private final ColumnName name = new ColumnName();
  private final Consumer<ColumnName> match = this::match;
  private boolean found;

  QuotedKeys(Columns columns) {
    this.columns = columns;
  }

  /** Whether a key stands in the text that is the field of a rule, whatever it stands under. */
  boolean holdField(byte[] text, int from, int to) {
    found = false;
    for (int i = from; i < to && !found; i++) {
      if (text[i] == ':') {
        int end = i;
        while (end > from && text[end - 1] >= 0 && text[end - 1] <= ' ') {
          end--;
        }
        if (end > from && isQuote(text[end - 1])) {
          key(text, from, end - 1);
        }
      }
    }
    return found;
  }

  /** Looks at the key that ends at {@code to}, where its quote stands. */
  private void key(byte[] text, int from, int to) {
    int start = to;
    boolean escaped = false;
    while (start > from && !isQuote(text[start - 1])) {
      start--;
      escaped |= text[start] == '\\';
    }
    if (escaped) {
      byte[] key = unescape(new String(text, start, to - start, StandardCharsets.UTF_8));
      name.read(key, 0, key.length, match);
    } else {
      name.read(text, start, to, match);
    }
  }

  private void match(ColumnName key) {
    for (int use : columns.uses(key)) {
      found |= columns.isField(use);
    }
  }

  /** Undoes <code>\\u0073</code>, however often escaped; other signs do not count in names. */
  private static byte[] unescape(String key) {
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < key.length()) {
      char c = key.charAt(i++);
      if (c == 'u' && i > 1 && key.charAt(i - 2) == '\\' && isHex(key, i)) {
        plain.append((char) Integer.parseInt(key, i, i + UNICODE_DIGITS, 16));
        i += UNICODE_DIGITS;
      } else if (c != '\\') {
        plain.append(c);
      }
    }
    return plain.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isHex(String text, int at) {
    return at + UNICODE_DIGITS <= text.length()
        && text.substring(at, at + UNICODE_DIGITS)
            .chars()
            .allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'';
  }
}
