package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Keys without a prefix, known by a mark at a fixed distance from their beginning: one look at each
 * distance tells that nearly every word is none.
 */
final class MarkedKeys {
  private static final byte[] TERRAFORM = ".atlasv1.".getBytes(US_ASCII);
  private static final byte[] MAILCHIMP = "-us".getBytes(US_ASCII);

  private MarkedKeys() {}

  /**
   * Where the key that begins at {@code from}, with 20 bytes or more to {@code to}, ends; or -1.
   */
  static int end(byte[] text, int from, int to) {
    byte first = text[from];
    if (Bytes.isDigit(first) && (text[from + 8] == ':' || colonLater(text, from))) {
      return telegram(text, from, to);
    }
    if (first == 'M' || first == 'N' || first == 'O') {
      int discord = discord(text, from, to);
      if (discord >= 0) {
        return discord;
      }
    }
    if (text[from + 14] == '.') {
      return terraform(text, from, to);
    }
    if (text[from + 5] == '~' && text[from + 4] == 'Q') {
      return entra(text, from, to);
    }
    return to - from > 35 && text[from + 32] == '-' ? mailchimp(text, from, to) : -1;
  }

  private static boolean colonLater(byte[] text, int from) {
    return text[from + 9] == ':' || text[from + 10] == ':';
  }

  /** A bot: the digits of its id, a colon, 35 characters that begin with A. */
  private static int telegram(byte[] text, int from, int to) {
    int colon = Alphabet.DIGITS.end(text, from, from + 11);
    if (colon - from < 8 || !Bytes.is(text, colon, to, ':')) {
      return -1;
    }
    int end = colon + 36;
    boolean token =
        Bytes.is(text, colon + 1, to, 'A') && run(Alphabet.BASE64_URL, text, colon + 1, end, to);
    return token ? end : -1;
  }

  /** A bot: its id in base64, which begins with M, N or O; the time in six; 27 or more of HMAC. */
  private static int discord(byte[] text, int from, int to) {
    int dot = Alphabet.BASE62.end(text, from, Math.min(to, from + 29));
    if (dot - from < 22 || !Bytes.is(text, dot, to, '.') || !Bytes.is(text, dot + 7, to, '.')) {
      return -1;
    }
    if (Alphabet.BASE64_URL.end(text, dot + 1, dot + 7) < dot + 7) {
      return -1;
    }
    int end = Alphabet.BASE64_URL.end(text, dot + 8, (int) Math.min(to, dot + 49L));
    return end - dot - 8 < 27 || end - dot - 8 > 40 ? -1 : end;
  }

  /** HCP Terraform: 14 characters, the mark, 60 or more. */
  private static int terraform(byte[] text, int from, int to) {
    int mark = from + 14;
    if (!Bytes.stands(TERRAFORM, text, mark, to) || Alphabet.BASE62.end(text, from, mark) < mark) {
      return -1;
    }
    int body = mark + TERRAFORM.length;
    int end = Alphabet.BASE64_URL_PADDED.end(text, body, (int) Math.min(to, body + 101L));
    return end - body < 60 || end - body > 100 ? -1 : end;
  }

  /** A client secret of Microsoft Entra: three characters, a digit, {@code Q~}, 31 to 34 more. */
  private static int entra(byte[] text, int from, int to) {
    if (!Bytes.isDigit(text[from + 3]) || Alphabet.AZURE.end(text, from, from + 3) < from + 3) {
      return -1;
    }
    int body = from + 6;
    int end = Alphabet.AZURE.end(text, body, (int) Math.min(to, body + 35L));
    while (end > body + 31 && text[end - 1] == '.') {
      end--;
    }
    boolean fits = end - body >= 31 && end - body <= 34 && !Bytes.wordAt(text, end, to);
    return fits && KeyCheck.VARIED.passes(text, body, end) ? end : -1;
  }

  /** 32 hex digits, {@code -us}, the number of a data centre. */
  private static int mailchimp(byte[] text, int from, int to) {
    int mark = from + 32;
    if (!Bytes.stands(MAILCHIMP, text, mark, to) || Alphabet.HEX.end(text, from, mark) < mark) {
      return -1;
    }
    int number = mark + MAILCHIMP.length;
    int end = Alphabet.DIGITS.end(text, number, Math.min(to, number + 3));
    return end == number || end > number + 2 || Bytes.wordAt(text, end, to) ? -1 : end;
  }

  /** Whether the characters are all of the alphabet, and nothing of it follows. */
  private static boolean run(Alphabet alphabet, byte[] text, int from, int end, int to) {
    return end <= to
        && alphabet.end(text, from, end) == end
        && (end == to || !alphabet.contains(text[end]));
  }
}
