package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A name as column rules compare it: {@code customerSsn}, {@code customer_ssn} and {@code Customer
 * SSN} are one. Only letters and digits count, without case, characters of another width or style
 * like plain ones. A dot separates names, since flattened rows write {@code customers.ssn}.
 *
 * <p>Reads bytes into scratch space and makes no strings of ASCII. Not thread-safe.
 */
final class ColumnName {
  /** What holds so many stars may hold a mask, which must not match what its original did not. */
  private static final int MASK_STARS_MIN = 3;

  private byte[] name = new byte[64];
  private int length;
  private int stars;
  private int dots;

  /**
   * Reads the names in a key one after the other: what stands between its dots and, if it has any,
   * the whole without them, since {@code D.O.B.} is one name.
   *
   * @param names told of each; the object is used for the next one again
   */
  void read(byte[] key, int from, int to, Consumer<ColumnName> names) {
    one(key, from, to);
    if (stars >= MASK_STARS_MIN) {
      return;
    }
    boolean hasDots = dots > 0;
    if (length > 0) {
      names.accept(this);
    }
    int start = from;
    for (int i = from; hasDots && i <= to; i++) {
      if (i == to || key[i] == '.') {
        one(key, start, i);
        if (length > 0) {
          names.accept(this);
        }
        start = i + 1;
      }
    }
  }

  /** The names in a text, each as its bytes. */
  static List<byte[]> namesIn(String text) {
    List<byte[]> names = new ArrayList<>();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    new ColumnName()
        .read(utf8, 0, utf8.length, name -> names.add(Arrays.copyOf(name.name, name.length)));
    return names;
  }

  /** The bytes of the name, of which the first {@link #length} count. */
  byte[] utf8() {
    return name;
  }

  int length() {
    return length;
  }

  /** Reads one name, its dots ignored. */
  private void one(byte[] key, int from, int to) {
    if (name.length < to - from) {
      name = new byte[to - from];
    }
    length = 0;
    stars = 0;
    dots = 0;
    boolean isAscii = true;
    for (int i = from; i < to; i++) {
      byte c = key[i];
      if (Ascii.isWord(c)) {
        name[length++] = Ascii.isUpper(c) ? (byte) (c | 0x20) : c;
      } else {
        isAscii &= c >= 0;
        stars += c == '*' ? 1 : 0;
        dots += c == '.' ? 1 : 0;
      }
    }
    if (!isAscii) {
      unicode(new String(key, from, to - from, StandardCharsets.UTF_8));
    }
  }

  private void unicode(String text) {
    StringBuilder plain = new StringBuilder();
    // To upper case and back, because some letters have two small forms.
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(plain::appendCodePoint);
    name = plain.toString().getBytes(StandardCharsets.UTF_8);
    length = name.length;
  }
}
