package io.mcpgovernor.pii.check;

/** International bank account numbers (ISO 13616-1). */
public final class Iban {
  /** Country and length, as the IBAN registry has them (SWIFT, the registration authority). */
  private static final String REGISTERED =
      "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29"
          + "ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30"
          + "KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24"
          + "PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
          + "VA22VG24XK20YE30";

  /** Countries whose banks write IBANs although the registry does not have them yet. */
  private static final String UNREGISTERED =
      "AO25BF28BJ28CF27CG27CI28CM27CV25DZ26GA27GQ27GW25IR26KM27MA28MG27ML28MZ25NE28SN28TD27TG28";

  private static final int LETTERS = 26;
  private static final int CHECK_DIGITS_MIN = 2;
  private static final int CHECK_DIGITS_MAX = 98;
  private static final byte[] LENGTHS = new byte[LETTERS * LETTERS];

  static {
    String countries = REGISTERED + UNREGISTERED;
    for (int i = 0; i < countries.length(); i += 4) {
      LENGTHS[(countries.charAt(i) - 'A') * LETTERS + countries.charAt(i + 1) - 'A'] =
          (byte) Integer.parseInt(countries, i + 2, i + 4, 10);
    }
  }

  private Iban() {}

  /**
   * How many characters an IBAN of a country has, its first two included.
   *
   * @param c1 first letter of the country's code, in upper case
   * @param c2 second letter
   * @return 15 to 33, or 0 if no such country has IBANs
   */
  public static int ibanLength(byte c1, byte c2) {
    return Digits.isLetter(c1) && Digits.isLetter(c2)
        ? LENGTHS[(c1 - 'A') * LETTERS + c2 - 'A']
        : 0;
  }

  /**
   * A country's code and the length of that country's numbers, two check digits, and a remainder of
   * one by MOD 97-10 (ISO/IEC 7064) when the first four characters are moved to the end.
   */
  public static boolean number(byte[] text, int from, int to) {
    if (to - from < 4
        || to - from != ibanLength(text[from], text[from + 1])
        || !Digits.are(text, from + 2, from + 4)) {
      return false;
    }
    int digits = Digits.two(text, from + 2);
    // 00, 01 and 99 are never computed, though they have the remainders of 97, 98 and 02.
    if (digits < CHECK_DIGITS_MIN || digits > CHECK_DIGITS_MAX) {
      return false;
    }
    int account = Mod97.remainder(text, from + 4, to, 0);
    return account >= 0 && Mod97.remainder(text, from, from + 4, account) == 1;
  }
}
