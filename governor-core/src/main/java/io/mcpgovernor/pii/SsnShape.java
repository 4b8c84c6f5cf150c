package io.mcpgovernor.pii;

/**
 * Social security numbers of the United States: {@code ddd-dd-dddd} always; with other separators,
 * or none, where words say so.
 */
final class SsnShape {
  /** The length of {@code ddd-dd-dddd}. */
  private static final int BYTES = 11;

  private static final int DIGITS = 9;

  /** A JSON number has lost the leading zeros of what it was made from. */
  private static final int NUMBER_DIGITS_MIN = 7;

  private SsnShape() {}

  /** Where the number ends that is one in any case, or {@code at}. */
  static int alwaysEnd(byte[] text, int from, int at, int to) {
    // After a plus it is the beginning of a phone number: "+886-70-1234-5678".
    boolean isDialled = at > from && text[at - 1] == '+';
    return !isDialled && stands(text, from, at, to, '-') ? at + BYTES : at;
  }

  /**
   * Where a number ends that is said to be one, or {@code at} if it cannot be one.
   *
   * @param end where the digits at {@code at} end
   * @param whole whether these stand alone
   */
  static int claimedEnd(Text in, int at, int end, boolean whole) {
    int digits = end - at;
    if (whole
        && (digits == DIGITS
            || (in.isNumber() && digits >= NUMBER_DIGITS_MIN && digits < DIGITS))) {
      return end;
    }
    boolean stands =
        stands(in.utf8(), in.from(), at, in.to(), ' ')
            || stands(in.utf8(), in.from(), at, in.to(), '.');
    return stands ? at + BYTES : at;
  }

  /** Whether three, two and four digits with this separator stand at {@code at}. */
  private static boolean stands(byte[] text, int from, int at, int to, char separator) {
    return Ascii.is(text, at + 3, to, separator)
        && Ascii.digits(text, at + 4, 2, to)
        && Ascii.is(text, at + 6, to, separator)
        && Ascii.digits(text, at + 7, 4, to)
        && Boundary.startsWord(text, from, at)
        && Boundary.endsWord(text, at + BYTES, to)
        && !Boundary.goesOn(text, at + BYTES, to);
  }
}
