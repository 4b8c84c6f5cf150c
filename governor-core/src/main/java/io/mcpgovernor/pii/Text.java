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
  private @Nullable Boolean prose;

  Text() {}

  @SuppressWarnings("ReferenceEquality") // whether it is the same array is the question
  void set(byte[] bytes, int start, int end, boolean isNumber, @Nullable FieldName name) {
    // Nearly always the same array: garbage collectors have to be told of each reference written.
    if (utf8 != bytes) {
      utf8 = bytes;
    }
    from = start;
    to = end;
    number = isNumber;
    field = name;
    if (prose != null) {
      prose = null;
    }
  }

  /** Lets go of the text. */
  void wipe() {
    set(NOTHING, 0, 0, false, null);
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

  /**
   * Whether words stand in this text, with space around them, so that it says something rather than
   * being one value. Masks neither add such words nor take the last one away.
   */
  boolean isProse() {
    Boolean known = prose;
    if (known == null) {
      known = holdsWords();
      prose = known;
    }
    return known;
  }

  private boolean holdsWords() {
    for (int i = from + 1; i < to; i++) {
      byte before = utf8[i - 1];
      if ((isLetter(utf8[i]) && isSpace(before)) || (isSpace(utf8[i]) && isLetter(before))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(byte c) {
    return c < 0 || Ascii.isLetter(c);
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  /** Says how large the text is, never what it holds. */
  @Override
  public String toString() {
    return "Text[" + (to - from) + " bytes]";
  }
}
