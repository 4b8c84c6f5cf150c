package io.mcpgovernor.call;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as UTF-8 bytes. Commas are its business: callers say what comes next.
 *
 * <p>Beside Jackson's generator because a governed call copies masked bytes into audit records and
 * answers as they stand, and a generator takes them only by way of a {@code String}. Numbers and
 * moments are written digit by digit for the same reason: a record holds some thirty.
 *
 * <p>Not thread-safe. The caller opens and closes objects and arrays in pairs; this is not checked.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final int SIZE_MAX = Integer.MAX_VALUE - 8; // of any array
  private static final int LONG_DIGITS = 19;
  private static final int DAY_SECONDS = 24 * 60 * 60;
  private static final int YEAR_MAX = 9_999;
  private static final double DECIMAL_BELOW = 1e7; // from there on, Java writes exponents

  private static final int SPARE_BYTES = 1_024;
  private static final int SPARE_BYTES_MAX = 64 * 1_024;
  private static final Spares<JsonWriter> SPARES = new Spares<>(() -> new JsonWriter(SPARE_BYTES));

  private byte[] buffer;
  private int size;
  private int depth;
  private boolean first = true;

  /**
   * @param capacity bytes to start with; it grows as needed
   */
  public JsonWriter(int capacity) {
    buffer = new byte[Math.max(16, capacity)];
  }

  /**
   * The bytes of one value. Written with a writer that is used again and again, so that they cost
   * what they are long and nothing else.
   */
  public static byte[] bytes(JsonWritable value) {
    JsonWriter writer = SPARES.take();
    try {
      value.writeTo(writer);
      return writer.toByteArray();
    } finally {
      if (writer.size <= SPARE_BYTES_MAX) {
        SPARES.give(writer.clear());
      }
    }
  }

  /** Opens an object: <code>{</code>. */
  public JsonWriter beginObject() {
    return begin('{');
  }

  /** Closes an object: <code>}</code>. */
  public JsonWriter endObject() {
    return end('}');
  }

  /** Opens an array: <code>[</code>. */
  public JsonWriter beginArray() {
    return begin('[');
  }

  /** Closes an array: <code>]</code>. */
  public JsonWriter endArray() {
    return end(']');
  }

  /** Writes the key of the value that follows. */
  public JsonWriter name(String name) {
    separate();
    string(name);
    put(':');
    first = true; // no comma between a key and its value
    return this;
  }

  /** Writes a key and its string. */
  public JsonWriter field(String name, @Nullable String value) {
    return name(name).value(value);
  }

  /** Writes a key and its number. */
  public JsonWriter field(String name, long value) {
    return name(name).value(value);
  }

  /** Writes a key and its number. */
  public JsonWriter field(String name, double value) {
    return name(name).value(value);
  }

  /** Writes a key and its boolean. */
  public JsonWriter field(String name, boolean value) {
    return name(name).value((Object) value);
  }

  /** Writes a key and its JSON value; {@code null} becomes JSON null. */
  public JsonWriter field(String name, @Nullable Json value) {
    return name(name).value(value);
  }

  /** Writes a string, or JSON null. */
  public JsonWriter value(@Nullable String value) {
    separate();
    if (value == null) {
      ascii("null");
    } else {
      string(value);
    }
    return this;
  }

  /** Writes an integer. */
  public JsonWriter value(long value) {
    separate();
    integer(value);
    return this;
  }

  /**
   * Writes a number.
   *
   * @throws MalformedJsonException if it is NaN or infinite
   */
  public JsonWriter value(double value) {
    if (!Double.isFinite(value)) {
      throw infinite();
    }
    separate();
    decimal(value);
    return this;
  }

  /** Writes a moment as a string: UTC, ISO 8601, to the microsecond. */
  public JsonWriter value(Instant at) {
    separate();
    put('"');
    moment(at);
    put('"');
    return this;
  }

  /** Writes a JSON value as its bytes stand; {@code null} becomes JSON null. */
  public JsonWriter value(@Nullable Json value) {
    if (value == null) {
      return value((String) null);
    }
    byte[] json = value.utf8();
    return raw(json, 0, json.length);
  }

  /** Writes bytes that already are one JSON value. */
  public JsonWriter raw(byte[] json, int from, int to) {
    separate();
    copy(json, from, to);
    return this;
  }

  /**
   * Writes a string, as {@link #value(String)} would write it.
   *
   * @param utf8 valid UTF-8, in which the string is {@code from} to {@code to}
   */
  public JsonWriter text(byte[] utf8, int from, int to) {
    separate();
    room(to - from + 2);
    buffer[size++] = '"';
    int plain = from;
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if ((b >= 0 && b < 0x20) || b == '"' || b == '\\' || b == 0x7f) {
        copy(utf8, plain, i);
        character((char) b);
        plain = i + 1;
      }
    }
    copy(utf8, plain, to);
    put('"');
    return this;
  }

  private void copy(byte[] bytes, int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
  }

  /**
   * Writes a tree.
   *
   * @throws MalformedJsonException if it is deeper than {@link Json#DEPTH_MAX} or holds something
   *     JSON cannot express; the message names the Java type, not the value
   */
  public JsonWriter value(@Nullable Object tree) {
    if (tree == null) {
      return value((String) null);
    } else if (tree instanceof String text) {
      return value(text);
    } else if (tree instanceof Map<?, ?> members) {
      beginObject();
      members.forEach((key, value) -> name(key(key)).value(value));
      return endObject();
    } else if (tree instanceof List<?> items) {
      beginArray();
      if (items instanceof RandomAccess) { // as nearly all are, and they need no iterator
        for (int i = 0; i < items.size(); i++) {
          value((Object) items.get(i));
        }
      } else {
        for (Object item : items) {
          value(item);
        }
      }
      return endArray();
    } else if (tree instanceof Integer || tree instanceof Long) {
      return value(((Number) tree).longValue());
    } else if (tree instanceof Double number) {
      return value(number.doubleValue());
    }
    separate();
    ascii(scalar(tree));
    return this;
  }

  private static String key(@Nullable Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new MalformedJsonException("has a map whose keys are not strings");
  }

  private static String scalar(Object value) {
    if (value instanceof Boolean
        || value instanceof BigDecimal
        || value instanceof BigInteger
        || value instanceof Short
        || value instanceof Byte) {
      return value.toString();
    }
    if (value instanceof Float number) {
      if (!Float.isFinite(number)) {
        throw infinite();
      }
      return value.toString();
    }
    throw new MalformedJsonException(
        "has a value of type " + value.getClass().getName() + ", which is no JSON value");
  }

  private static MalformedJsonException infinite() {
    return new MalformedJsonException("has a number that JSON cannot express (NaN or infinite)");
  }

  /** Wipes out what was written, so that the next value can use the same room. */
  public JsonWriter clear() {
    Arrays.fill(buffer, 0, size, (byte) 0); // it may be arguments that nobody has masked yet
    size = 0;
    depth = 0;
    first = true;
    return this;
  }

  /**
   * Forgets what was written from a place on, and starts anew there: a value that could not be
   * finished, say.
   *
   * @param from at most {@link #size()}
   */
  public JsonWriter cutTo(int from) {
    Arrays.fill(buffer, from, size, (byte) 0);
    size = from;
    depth = 0;
    first = true;
    return this;
  }

  /** Ends a line after a whole value; the next value stands on its own. */
  public JsonWriter endLine() {
    put('\n');
    first = true;
    return this;
  }

  /**
   * Feeds a digest what was written from a place on.
   *
   * @param from at most {@link #size()}
   */
  public void digest(MessageDigest digest, int from) {
    digest.update(buffer, from, size - from);
  }

  /**
   * The bytes written so far, as they stand, without a copy: only until the next is written, and
   * not to be changed.
   */
  public ByteBuffer written() {
    return ByteBuffer.wrap(buffer, 0, size);
  }

  /** The bytes written so far, copied. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** How many bytes have been written. */
  public int size() {
    return size;
  }

  private JsonWriter begin(char bracket) {
    if (++depth > Json.DEPTH_MAX) {
      throw MalformedJsonException.nestedTooDeep();
    }
    separate();
    put(bracket);
    first = true;
    return this;
  }

  private JsonWriter end(char bracket) {
    depth--;
    put(bracket);
    first = false;
    return this;
  }

  private void separate() {
    if (first) {
      first = false;
    } else {
      put(',');
    }
  }

  private void string(String text) {
    int length = text.length();
    room(length + 2);
    buffer[size++] = '"';
    int i = 0;
    while (i < length) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
        buffer[size++] = (byte) c; // there is room for all that is left, as single bytes
        i++;
      } else {
        i = special(text, i, c);
        room(length - i + 1);
      }
    }
    buffer[size++] = '"';
  }

  /** Writes the character at {@code i}, which takes more than a byte; returns where to go on. */
  private int special(String text, int i, char c) {
    if (Character.isHighSurrogate(c)
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      codePoint(Character.toCodePoint(c, text.charAt(i + 1)));
      return i + 2;
    }
    character(c);
    return i + 1;
  }

  private void character(char c) {
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      default -> {
        if (c < 0x20 || c == 0x7f) {
          room(6);
          ascii("\\u00");
          put((char) HEX[c >> 4]);
          put((char) HEX[c & 15]);
        } else {
          // A lone surrogate has no UTF-8 form; the replacement character says that one stood here.
          codePoint(Character.isSurrogate(c) ? 0xfffd : c);
        }
      }
    }
  }

  private void escape(char c) {
    put('\\');
    put(c);
  }

  private void codePoint(int point) {
    room(4);
    if (point < 0x800) {
      buffer[size++] = (byte) (0xc0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        buffer[size++] = (byte) (0xe0 | (point >> 12));
      } else {
        buffer[size++] = (byte) (0xf0 | (point >> 18));
        buffer[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      }
      buffer[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    }
    buffer[size++] = (byte) (0x80 | (point & 0x3f));
  }

  private void integer(long value) {
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    digits(value, digits);
  }

  /** Writes the last so many digits of a number. */
  private void digits(long value, int count) {
    room(LONG_DIGITS);
    long rest = value;
    for (int i = size + count - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  /**
   * Writes a number as {@link Double#toString} does. Nearly all of ours have three decimals at
   * most, and those need no string.
   */
  private void decimal(double value) {
    long thousandths = Math.round(value * 1_000);
    boolean isShort =
        thousandths / 1_000.0 == value
            && value < DECIMAL_BELOW
            && Double.doubleToRawLongBits(value) >= 0; // neither negative nor -0.0
    if (!isShort) {
      ascii(Double.toString(value));
      return;
    }
    integer(thousandths / 1_000);
    put('.');
    digits(thousandths % 1_000, 3);
    for (int zeros = 0; zeros < 2 && buffer[size - 1] == '0'; zeros++) {
      size--;
    }
  }

  private void moment(Instant at) {
    long day = Math.floorDiv(at.getEpochSecond(), (long) DAY_SECONDS);
    int second = Math.floorMod(at.getEpochSecond(), DAY_SECONDS);
    LocalDate date = LocalDate.ofEpochDay(day);
    if (date.getYear() < 0 || date.getYear() > YEAR_MAX) {
      ascii(at.truncatedTo(ChronoUnit.MICROS).toString());
      return;
    }
    digits(date.getYear(), 4);
    put('-');
    digits(date.getMonthValue(), 2);
    put('-');
    digits(date.getDayOfMonth(), 2);
    put('T');
    digits(second / 3_600, 2);
    put(':');
    digits(second / 60 % 60, 2);
    put(':');
    digits(second % 60, 2);
    put('.');
    digits(at.getNano() / 1_000, 6);
    put('Z');
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  private void put(char c) {
    room(1);
    buffer[size++] = (byte) c;
  }

  private void room(int bytes) {
    if (buffer.length - size < bytes) {
      long needed = (long) size + bytes;
      if (needed > SIZE_MAX) {
        throw new MalformedJsonException("is larger than 2 GiB");
      }
      long roomy = Math.max(buffer.length * 2L, needed);
      buffer = Arrays.copyOf(buffer, (int) Math.min(SIZE_MAX, roomy));
    }
  }
}
