package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a detector looks at: one string, number or object key of a JSON value, with its escapes
 * undone, as a slice of well-formed UTF-8.
 *
 * <p>Valid only while the detector it was handed to runs: the same object is used for the next
 * text. Not thread-safe.
 */
public final class Text {
  private static final byte[] NOTHING = {};

  private byte[] utf8 = NOTHING;
  private int from;
  private int to;
  private boolean number;
  private @Nullable FieldName field;

  Text() {}

  void set(byte[] bytes, int start, int end, boolean isNumber, @Nullable FieldName name) {
    utf8 = bytes;
    from = start;
    to = end;
    number = isNumber;
    field = name;
  }

  /** The array that holds the text, and other things beside it; must not be changed. */
  public byte[] utf8() {
    return utf8;
  }

  /** Where in {@link #utf8()} the text begins. */
  public int from() {
    return from;
  }

  /** Where in {@link #utf8()} the text ends, exclusive. */
  public int to() {
    return to;
  }

  /**
   * Whether this is a JSON number. Integers written with a fraction or exponent ({@code 5.55E9})
   * are given in plain digits. A number is masked as a whole or not at all.
   */
  public boolean isNumber() {
    return number;
  }

  /** The object key the text stands under, or null where there is none, as for keys themselves. */
  public @Nullable FieldName field() {
    return field;
  }

  /** The text as a string, copied. */
  public String value() {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  /** Says how large the text is, never what it holds. */
  @Override
  public String toString() {
    return "Text[" + (to - from) + " bytes]";
  }
}
