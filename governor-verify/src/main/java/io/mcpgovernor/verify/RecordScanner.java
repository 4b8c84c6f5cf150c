package io.mcpgovernor.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads one line in place: whether it is one JSON object (RFC 8259, in UTF-8) in which no field
 * stands twice, and where the fields stand that verification needs. Not thread-safe.
 */
final class RecordScanner {
  // Values in records are nested at most 256 deep; more is an attack on whoever reads them.
  private static final int DEPTH_MAX = 1_024;
  // Records have some thirty.
  private static final int FIELDS_MAX = 256;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final int[] from = new int[RecordField.ALL.size()];
  private final int[] to = new int[RecordField.ALL.size()];
  private final int[] nameFrom = new int[FIELDS_MAX];
  private final int[] nameTo = new int[FIELDS_MAX];
  private final long[] nameHash = new long[FIELDS_MAX];
  private final long[] isObject = new long[DEPTH_MAX / Long.SIZE];
  private byte[] bytes = new byte[0];
  private int end;
  private boolean isEscaped;
  private int fields;
  private long seen;

  /** Scans the line between two positions of an array, which must not change while it is used. */
  void scan(byte[] line, int lineFrom, int lineTo) throws BadRecordException {
    bytes = line;
    end = lineTo;
    fields = 0;
    seen = 0;
    Arrays.fill(from, -1);
    if (at(lineFrom) != '{') {
      throw bad(lineFrom, "is no JSON object");
    }
    int at = object(lineFrom + 1);
    if (at != lineTo) {
      throw bad(at, "goes on after its object");
    }
  }

  /** Whether the line has the field. */
  boolean has(RecordField field) {
    return from[field.number()] >= 0;
  }

  /** Where the field's value begins, with its quotes. */
  int from(RecordField field) {
    return from[field.number()];
  }

  /** Where the field's value ends. */
  int to(RecordField field) {
    return to[field.number()];
  }

  /** Whether the field is this string, written without escapes. */
  boolean is(RecordField field, byte[] text) {
    int at = from(field);
    return isString(field) && Arrays.equals(bytes, at + 1, to(field) - 1, text, 0, text.length);
  }

  /** Whether the field is there and a string. */
  boolean isString(RecordField field) {
    return has(field) && bytes[from(field)] == '"';
  }

  private byte at(int at) {
    return at < end ? bytes[at] : 0; // no JSON has a zero outside its strings, nor inside
  }

  private int object(int start) throws BadRecordException {
    int at = space(start);
    if (at(at) == '}') {
      return at + 1;
    }
    while (true) {
      if (at(at) != '"') {
        throw bad(at, "has no name where one has to be");
      }
      int nameStart = at + 1;
      isEscaped = false;
      at = string(nameStart);
      int known = field(nameStart, at - 1);
      at = colon(at);
      int valueStart = at;
      at = value(at);
      if (known >= 0) {
        from[known] = valueStart;
        to[known] = at;
      }
      at = space(at);
      byte next = at(at);
      if (next == '}') {
        return at + 1;
      }
      if (next != ',') {
        throw bad(at, "has neither comma nor end where one has to be");
      }
      at = space(at + 1);
    }
  }

  /** Takes note of a name; gives the number of the field it is, or -1. */
  private int field(int start, int stop) throws BadRecordException {
    if (isEscaped) {
      // A name in disguise could stand twice, and be another one to another reader.
      throw bad(start, "writes the name of a field with escapes");
    }
    if (fields == FIELDS_MAX) {
      throw bad(start, "has more than " + FIELDS_MAX + " fields");
    }
    long hash = hash(start, stop);
    long bit = 1L << (hash >>> 58);
    if ((seen & bit) != 0) {
      for (int i = 0; i < fields; i++) {
        if (nameHash[i] == hash
            && Arrays.equals(bytes, nameFrom[i], nameTo[i], bytes, start, stop)) {
          throw bad(start, "has a field twice");
        }
      }
    }
    seen |= bit;
    nameFrom[fields] = start;
    nameTo[fields] = stop;
    nameHash[fields] = hash;
    fields++;
    if (fields == 1 && !RecordField.TIMESTAMP.isAt(bytes, start, stop)) {
      throw bad(start, "does not begin with its timestamp");
    }
    return RecordField.number(bytes, start, stop);
  }

  /** Of the first and the last eight bytes of a name; what is alike is compared. */
  private long hash(int start, int stop) {
    int length = stop - start;
    long first;
    long last = 0;
    if (length >= Long.BYTES) {
      first = (long) LONGS.get(bytes, start);
      last = (long) LONGS.get(bytes, stop - Long.BYTES);
    } else {
      first = 0;
      for (int i = start; i < stop; i++) {
        first = first << 8 | bytes[i];
      }
    }
    return ((first * 31 + last) * 31 + length) * 0x9E3779B97F4A7C15L;
  }

  private int colon(int start) throws BadRecordException {
    int at = space(start);
    if (at(at) != ':') {
      throw bad(at, "has no colon where one has to be");
    }
    return space(at + 1);
  }

  private int value(int at) throws BadRecordException {
    byte first = at(at);
    return first == '{' || first == '[' ? container(at) : scalar(at, first);
  }

  /** An object or array with all that is in it; without recursion, so that no depth hurts. */
  private int container(int start) throws BadRecordException {
    int depth = open(0, start);
    int at = start + 1;
    boolean isFirst = true;
    while (true) {
      at = space(at);
      boolean inObject = isObject(depth);
      if (!(isFirst && at(at) == (inObject ? '}' : ']'))) {
        if (inObject) {
          if (at(at) != '"') {
            throw bad(at, "has no name where one has to be");
          }
          at = colon(string(at + 1));
        }
        byte first = at(at);
        if (first == '{' || first == '[') {
          depth = open(depth, at);
          at++;
          isFirst = true;
          continue;
        }
        at = space(scalar(at, first));
      }
      while (at(at) == (isObject(depth) ? '}' : ']')) {
        at++;
        depth--;
        if (depth == 0) {
          return at;
        }
        at = space(at);
      }
      if (at(at) != ',') {
        throw bad(at, "has neither comma nor end where one has to be");
      }
      at++;
      isFirst = false;
    }
  }

  private int open(int depth, int at) throws BadRecordException {
    if (depth == DEPTH_MAX) {
      throw bad(at, "is nested deeper than " + DEPTH_MAX);
    }
    long bit = 1L << depth;
    if (bytes[at] == '{') {
      isObject[depth / Long.SIZE] |= bit;
    } else {
      isObject[depth / Long.SIZE] &= ~bit;
    }
    return depth + 1;
  }

  private boolean isObject(int depth) {
    return (isObject[(depth - 1) / Long.SIZE] >>> (depth - 1) & 1) == 1;
  }

  private int scalar(int at, byte first) throws BadRecordException {
    return switch (first) {
      case '"' -> string(at + 1);
      case 't' -> literal(at, "true");
      case 'f' -> literal(at, "false");
      case 'n' -> literal(at, "null");
      default -> number(at);
    };
  }

  private int literal(int start, String word) throws BadRecordException {
    for (int i = 0; i < word.length(); i++) {
      if (at(start + i) != word.charAt(i)) {
        throw bad(start + i, "has no value where one has to be");
      }
    }
    return start + word.length();
  }

  private int number(int start) throws BadRecordException {
    int at = at(start) == '-' ? start + 1 : start;
    at = at(at) == '0' ? at + 1 : digits(at);
    if (at(at) == '.') {
      at = digits(at + 1);
    }
    if ((at(at) | 0x20) == 'e') {
      byte sign = at(at + 1);
      at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1);
    }
    return at;
  }

  private int digits(int start) throws BadRecordException {
    int at = start;
    while (at(at) >= '0' && at(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw bad(at, "has no value where one has to be");
    }
    return at;
  }

  private int space(int start) {
    int at = start;
    byte next = at(at);
    while (next == ' ' || next == '\t' || next == '\r') {
      next = at(++at);
    }
    return at;
  }

  /** From after the first quote to after the last. */
  private int string(int start) throws BadRecordException {
    int at = start;
    while (true) {
      while (at + Long.BYTES <= end) {
        long special = specials((long) LONGS.get(bytes, at));
        if (special != 0) {
          at += Long.numberOfTrailingZeros(special) >>> 3;
          break;
        }
        at += Long.BYTES;
      }
      byte next = at(at);
      if (next == '"') {
        return at + 1;
      } else if (next == '\\') {
        isEscaped = true;
        at = escape(at + 1);
      } else if (next < 0) {
        at = character(at);
      } else if (next < ' ') {
        throw bad(at, at < end ? "has a control character in a string" : "ends within a string");
      } else {
        at++;
      }
    }
  }

  /**
   * Marks the high bits of bytes that are a quote, a backslash, a control character or not ASCII.
   * The lowest mark is always right; borrows may set wrong ones above it.
   */
  private static long specials(long eight) {
    long quotes = eight ^ ('"' * ONES);
    long backslashes = eight ^ ('\\' * ONES);
    long controls = eight - ' ' * ONES;
    long quoted = (quotes - ONES) & ~quotes;
    long escaped = (backslashes - ONES) & ~backslashes;
    return (controls | quoted | escaped | eight) & HIGHS;
  }

  private int escape(int at) throws BadRecordException {
    byte letter = at(at);
    if (letter == 'u') {
      for (int i = 1; i <= 4; i++) {
        if (Character.digit(at(at + i), 16) < 0) {
          throw bad(at + i, "has a wrong escape in a string");
        }
      }
      return at + 5;
    }
    if (letter == 0 || "\"\\/bfnrt".indexOf(letter) < 0) {
      throw bad(at, "has a wrong escape in a string");
    }
    return at + 1;
  }

  /** One character of more than a byte (RFC 3629, section 4). */
  private int character(int at) throws BadRecordException {
    int first = bytes[at] & 0xff;
    int second = at(at + 1) & 0xff;
    boolean isRight;
    int length;
    if (first < 0xe0) {
      length = 2;
      isRight = first >= 0xc2 && isContinued(second);
    } else if (first < 0xf0) {
      length = 3;
      int least = first == 0xe0 ? 0xa0 : 0x80;
      int most = first == 0xed ? 0x9f : 0xbf;
      isRight = second >= least && second <= most && isContinued(at(at + 2));
    } else {
      length = 4;
      int least = first == 0xf0 ? 0x90 : 0x80;
      int most = first == 0xf4 ? 0x8f : 0xbf;
      isRight =
          first <= 0xf4
              && second >= least
              && second <= most
              && isContinued(at(at + 2))
              && isContinued(at(at + 3));
    }
    if (!isRight) {
      throw bad(at + length > end ? end : at, "is not UTF-8");
    }
    return at + length;
  }

  private static boolean isContinued(int next) {
    return (next & 0xc0) == 0x80;
  }

  private BadRecordException bad(int at, String what) {
    return at >= end
        ? new BadRecordException("the line is not a whole JSON object: it ends too early", true)
        : new BadRecordException("the line " + what);
  }
}
