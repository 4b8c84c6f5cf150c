package io.mcpgovernor.pii;

/**
 * A text as a reader or a browser takes it: digits and letters of other widths and scripts as plain
 * ones, all dashes and blanks alike, what has no width left out, percent-encoding (RFC 3986) and
 * {@code \\u0040} undone.
 */
final class Folded extends MappedText {
  private static final long PERCENTS = '%' * EightBytes.EACH;
  private static final long BACKSLASHES = '\\' * EightBytes.EACH;

  /** How often a percent sign may itself be encoded: {@code %252540}. */
  private static final int ENCODED_MAX = 3;

  private static final int FULL_WIDTH_FIRST = 0xff01;
  private static final int FULL_WIDTH_LAST = 0xff5e;
  private static final int FULL_WIDTH_SHIFT = 0xfee0;

  /** What a character folds to if it has no width. */
  private static final int NOTHING = -1;

  /** No escape. */
  private static final int NONE = -2;

  /** Whether a text holds anything that would read otherwise; bytes that are no UTF-8 stay. */
  static boolean isNeeded(byte[] text, int from, int to) {
    int i = from;
    while (i < to) {
      // Most text is ASCII without either sign: eight bytes at a time.
      while (i + Long.BYTES <= to && isPlain(EightBytes.at(text, i))) {
        i += Long.BYTES;
      }
      for (int end = Math.min(to, i + Long.BYTES); i < end; i++) {
        byte c = text[i];
        if (c < 0) {
          int length = Utf8.length(text, i, to);
          if (length > 1) {
            int point = Utf8.codePoint(text, i, length);
            if (fold(point) != point) {
              return true;
            }
            i += length - 1;
          }
        } else if ((c == '%' && escaped(text, i, to) >= 0)
            || (c == '\\' && unicode(text, i, to) != NONE)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether none of eight bytes is a percent sign, a backslash or beyond ASCII. */
  private static boolean isPlain(long eight) {
    long low = eight & EightBytes.LOWER_BITS;
    long plain = EightBytes.others(low, PERCENTS) & EightBytes.others(low, BACKSLASHES);
    return (plain & ~eight & EightBytes.UPPER_BITS) == EightBytes.UPPER_BITS;
  }

  void read(byte[] text, int from, int to) {
    start(from, to - from);
    int i = from;
    while (i < to) {
      byte c = text[i];
      int length = 1;
      int folded = c;
      if (c < 0) {
        length = Math.max(1, Utf8.length(text, i, to));
        int point = length > 1 ? Utf8.codePoint(text, i, length) : c;
        folded = length > 1 ? fold(point) : c;
        if (length == 1 || folded == point) {
          put(text, i, i + length);
          i += length;
          continue;
        }
      } else if (c == '%' && escaped(text, i, to) >= 0) {
        int layers = layers(text, i, to);
        folded = escaped(text, i + 2 * layers, to);
        length = 3 + 2 * layers;
      } else if (c == '\\' && unicode(text, i, to) != NONE) {
        folded = unicode(text, i, to);
        length = text[i + 1] == '/' ? 2 : 6;
      } else {
        put(c);
        i++;
        continue;
      }
      if (folded != NOTHING) {
        put((byte) folded);
      }
      i += length;
      mark(i);
    }
    end();
  }

  /** How often the percent sign at {@code at} was encoded again: once in {@code %2540}. */
  private static int layers(byte[] text, int at, int to) {
    int layers = 0;
    while (layers < ENCODED_MAX
        && at + 2 * layers + 2 < to
        && text[at + 2 * layers + 1] == '2'
        && text[at + 2 * layers + 2] == '5'
        && hex(text, at + 2 * layers + 3, to) >= 0
        && hex(text, at + 2 * layers + 4, to) >= 0
        && isPrintable(
            hex(text, at + 2 * layers + 3, to) << 4 | hex(text, at + 2 * layers + 4, to))) {
      layers++;
    }
    return layers;
  }

  /** The printable ASCII character that a percent sign and two digits stand for, or -1. */
  private static int escaped(byte[] text, int at, int to) {
    int high = hex(text, at + 1, to);
    int low = hex(text, at + 2, to);
    int value = high << 4 | low;
    return high >= 0 && low >= 0 && isPrintable(value) ? value : -1;
  }

  /** What an escape of JSON stands for that reads otherwise, or {@link #NONE}. */
  private static int unicode(byte[] text, int at, int to) {
    if (at + 1 < to && text[at + 1] == '/') {
      return '/';
    }
    if (at + 5 >= to || text[at + 1] != 'u') {
      return NONE;
    }
    int point = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = hex(text, i, to);
      if (digit < 0) {
        return NONE;
      }
      point = point << 4 | digit;
    }
    if (point < 0x80) {
      return isPrintable(point) ? point : NONE;
    }
    int folded = fold(point);
    return folded == point ? NONE : folded;
  }

  private static int hex(byte[] text, int at, int to) {
    return at < to && text[at] >= 0 ? Character.digit(text[at], 16) : -1;
  }

  private static boolean isPrintable(int value) {
    return value >= ' ' && value <= '~';
  }

  /** What a character beyond ASCII reads as: ASCII, nothing, or itself. */
  private static int fold(int point) {
    if (point >= FULL_WIDTH_FIRST && point <= FULL_WIDTH_LAST) {
      return point - FULL_WIDTH_SHIFT;
    }
    return switch (point) {
      case 0xad, 0x180e, 0xfeff -> NOTHING;
      case 0xa0, 0x202f, 0x205f, 0x3000 -> ' ';
      case 0x2212, 0xfe58, 0xfe63 -> '-';
      case 0x2024, 0xfe52 -> '.';
      case 0xfe6b -> '@';
      default -> {
        if (point >= 0x2000 && point <= 0x206f) {
          yield general(point);
        }
        // Letters that the user reads as digits: Arabic, Devanagari, mathematical and other ones.
        yield Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER
            ? '0' + Character.digit(point, 10)
            : point;
      }
    };
  }

  /** Characters of the block General Punctuation. */
  private static int general(int point) {
    if (point <= 0x200a) {
      return ' ';
    }
    if (point <= 0x200f
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2060 && point <= 0x2064)) {
      return NOTHING;
    }
    return point <= 0x2015 ? '-' : point;
  }
}
