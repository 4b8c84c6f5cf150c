package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the built-in kinds write their masks. Masks are ASCII and need no escaping in JSON.
 *
 * <p>The arrays are shared: nobody changes them.
 */
final class Masks {
  static final byte[] EMAIL = ascii("***@***.com");
  static final byte[] SSN = ascii("***-**-****");
  static final byte[] CARD = ascii("****-****-****-****");
  static final byte[] COLUMN = ascii("***");
  static final byte[] NANP = ascii("(***) ***-****");
  static final byte[] HIDDEN = ascii("********");
  static final byte[] CREDENTIALS = ascii("***:***");
  static final byte[] MAC = ascii("**:**:**:**:**:**");
  static final byte[] DATE = ascii("****-**-**");
  static final byte[] IP = ascii("***.***.***.***");

  /** A phone number of fewer digits would be given away by its last four. */
  private static final int TAIL_OF_DIGITS_MIN = 7;

  /** An identifier of fewer letters and digits would be given away by its last four. */
  private static final int TAIL_OF_SIGNS_MIN = 8;

  /** Longer texts are no phone numbers, whatever a detector says. */
  private static final int PHONE_BYTES_MAX = 64;

  private Masks() {}

  static byte[] email(byte[] text, int from, int to, Sensitivity level) {
    return EMAIL;
  }

  static byte[] ssn(byte[] text, int from, int to, Sensitivity level) {
    return lastFour(SSN, text, from, to, level);
  }

  static byte[] card(byte[] text, int from, int to, Sensitivity level) {
    return lastFour(CARD, text, from, to, level);
  }

  static byte[] column(byte[] text, int from, int to, Sensitivity level) {
    return COLUMN;
  }

  /** What has no tail worth keeping: tokens and passwords. */
  static byte[] hidden(byte[] text, int from, int to, Sensitivity level) {
    return HIDDEN;
  }

  static byte[] credentials(byte[] text, int from, int to, Sensitivity level) {
    return CREDENTIALS;
  }

  static byte[] mac(byte[] text, int from, int to, Sensitivity level) {
    return MAC;
  }

  static byte[] date(byte[] text, int from, int to, Sensitivity level) {
    return DATE;
  }

  static byte[] ip(byte[] text, int from, int to, Sensitivity level) {
    return IP;
  }

  /** Letters and digits become stars, but for the last four of a number of some length. */
  static byte[] tail(byte[] text, int from, int to, Sensitivity level) {
    byte[] mask = Arrays.copyOfRange(text, from, to);
    int signs = 0;
    boolean isAscii = true;
    for (byte c : mask) {
      signs += isSign(c) ? 1 : 0;
      isAscii &= c >= 0;
    }
    boolean isShown = level == Sensitivity.STANDARD && isAscii && signs >= TAIL_OF_SIGNS_MIN;
    int hidden = isShown ? signs - 4 : signs;
    for (int i = 0; hidden > 0; i++) {
      if (isSign(mask[i])) {
        mask[i] = '*';
        hidden--;
      }
    }
    return mask;
  }

  private static boolean isSign(byte c) {
    return c < 0 || Ascii.isWord(c);
  }

  static byte[] phone(byte[] text, int from, int to, Sensitivity level) {
    int end = numberEnd(text, from, to);
    boolean extended = end < to && PhoneShape.extensionEnd(text, end, to) == to;
    // What else may have been joined to the number must not stay.
    if (!isUsual(text, from, end) || (end < to && !extended) || to - from > PHONE_BYTES_MAX) {
      return lastFour(NANP, text, from, to, level);
    }
    byte[] extension = stars(text, end, to, Sensitivity.STRICT);
    byte[] number =
        isNanp(text, from, end)
            ? lastFour(NANP, text, from, end, level)
            : stars(text, from, end, level);
    if (extension.length == 0) {
      return number;
    }
    byte[] mask = Arrays.copyOf(number, number.length + extension.length);
    System.arraycopy(extension, 0, mask, number.length, extension.length);
    return mask;
  }

  /** Where the number ends and its extension ("x12", "ext. 12") begins. */
  private static int numberEnd(byte[] text, int from, int to) {
    int last = from;
    for (int i = from; i < to && !Ascii.isLetter(text[i]); i++) {
      if (text[i] != ' ' && text[i] != ',') {
        last = i + 1;
      }
    }
    return last;
  }

  /** Whether a number is written with the signs usual in numbers, so that these may stay. */
  private static boolean isUsual(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Ascii.isDigit(text[i]) && " +-./()".indexOf(text[i]) < 0) {
        return false;
      }
    }
    return from < to;
  }

  /** {@code (ddd) ddd-dddd} or {@code ddd-ddd-dddd}, whose mask is one fixed form. */
  private static boolean isNanp(byte[] text, int from, int to) {
    if (!Ascii.is(text, from, to, '(')) {
      return to - from == 12
          && Ascii.digits(text, from, 3, to)
          && text[from + 3] == '-'
          && nanpTail(text, from + 4, to);
    }
    int exchange = Ascii.is(text, from + 5, to, ' ') ? from + 6 : from + 5;
    return to - exchange == 8
        && Ascii.digits(text, from + 1, 3, to)
        && text[from + 4] == ')'
        && nanpTail(text, exchange, to);
  }

  private static boolean nanpTail(byte[] text, int exchange, int to) {
    return Ascii.digits(text, exchange, 3, to)
        && text[exchange + 3] == '-'
        && Ascii.digits(text, exchange + 4, 4, to);
  }

  /** Each digit a star, but for the last four of a number. */
  private static byte[] stars(byte[] text, int from, int to, Sensitivity level) {
    byte[] mask = Arrays.copyOfRange(text, from, to);
    int digits = 0;
    for (byte c : mask) {
      if (Ascii.isDigit(c)) {
        digits++;
      }
    }
    int hidden =
        level == Sensitivity.STANDARD && digits >= TAIL_OF_DIGITS_MIN ? digits - 4 : digits;
    for (int i = 0; hidden > 0; i++) {
      if (Ascii.isDigit(mask[i])) {
        mask[i] = '*';
        hidden--;
      }
    }
    return mask;
  }

  /** A form's last four stars replaced by the text's last four digits, if the level shows them. */
  private static byte[] lastFour(byte[] form, byte[] text, int from, int to, Sensitivity level) {
    if (level == Sensitivity.STRICT) {
      return form;
    }
    byte[] mask = form.clone();
    int at = mask.length - 1;
    for (int i = to - 1; i >= from && at >= mask.length - 4; i--) {
      if (Ascii.isDigit(text[i])) {
        mask[at--] = text[i];
      }
    }
    // Fewer than four digits are no tail: a form half filled would show all of them.
    return at < mask.length - 4 ? mask : form;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
