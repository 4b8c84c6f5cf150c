package io.mcpgovernor.bench.accuracy;

import java.util.Locale;

/** Made-up numbers of people, with the check digits that the issuing authorities ask for. */
final class IdentityNumbers {
  private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  // Values of characters at odd places of a codice fiscale (decree of 23 December 1976).
  private static final int[] FISCAL_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  private IdentityNumbers() {}

  static String ssn(Dice dice) {
    int area = dice.oneIn(8) ? dice.between(667, 899) : dice.between(1, 665);
    String group = two(dice.between(1, 99));
    String serial = format("%04d", dice.between(1, 9999));
    return format("%03d", area) + "-" + group + "-" + serial;
  }

  static String itin(Dice dice) {
    int group = dice.oneIn(2) ? dice.between(70, 88) : dice.between(50, 65);
    return "9" + dice.digits(2) + "-" + group + "-" + dice.digits(4);
  }

  static String ein(Dice dice) {
    return dice.of("12", "20", "27", "36", "45", "54", "61", "74", "83", "94")
        + "-"
        + dice.pattern("#######");
  }

  static String nhs(Dice dice) {
    while (true) {
      String body = dice.pattern("P########");
      int check = 11 - CheckDigits.weighted(body, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
      if (check != 10) {
        return grouped(body + check % 11, dice.of(" ", " ", "", "-"), 3, 3, 4);
      }
    }
  }

  static String nino(Dice dice) {
    String prefix = dice.of("AB", "CE", "EH", "JK", "LM", "PR", "SW", "WX", "YZ", "NH");
    String digits = dice.digits(6);
    String suffix = dice.of("A", "B", "C", "D");
    return dice.oneIn(2)
        ? prefix + digits + suffix
        : prefix + " " + grouped(digits, " ", 2, 2, 2) + " " + suffix;
  }

  static String sin(Dice dice) {
    String body = dice.between(1, 7) + dice.digits(7);
    return grouped(body + CheckDigits.luhn(body), dice.of(" ", "-", ""), 3, 3, 3);
  }

  static String aadhaar(Dice dice) {
    String body = dice.pattern("N##########");
    return grouped(body + CheckDigits.verhoeff(body), dice.of(" ", " ", "-", ""), 4, 4, 4);
  }

  static String pan(Dice dice) {
    return dice.upper(3) + "P" + dice.upper(1) + dice.digits(4) + dice.upper(1);
  }

  static String tfn(Dice dice) {
    while (true) {
      String digits = dice.pattern("P########");
      if (CheckDigits.weighted(digits, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0) {
        return grouped(digits, dice.of(" ", ""), 3, 3, 3);
      }
    }
  }

  static String nric(Dice dice) {
    String first = dice.of("S", "T", "F", "G");
    String digits = dice.digits(7);
    int sum = CheckDigits.weighted(digits, 2, 7, 6, 5, 4, 3, 2);
    boolean isForeign = "FG".contains(first);
    int place = (sum + ("TG".contains(first) ? 4 : 0)) % 11;
    return first + digits + (isForeign ? "XWUTRQPNMLK" : "JZIHGFEDCBA").charAt(place);
  }

  static String pesel(Dice dice) {
    boolean isOfThisCentury = dice.oneIn(4);
    int year = isOfThisCentury ? dice.between(0, 7) : dice.between(40, 99);
    int month = dice.between(1, 12) + (isOfThisCentury ? 20 : 0);
    String body = two(year) + two(month) + two(dice.between(1, 28)) + dice.digits(4);
    int sum = CheckDigits.weighted(body, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3);
    return body + (10 - sum % 10) % 10;
  }

  static String nif(Dice dice) {
    int number = dice.between(10_000_000, 99_999_999);
    return number + dice.of("", "", "-") + NIF_LETTERS.charAt(number % 23);
  }

  static String nie(Dice dice) {
    int first = dice.below(3);
    String digits = dice.digits(7);
    char check = NIF_LETTERS.charAt(Integer.parseInt(first + digits) % 23);
    return "XYZ".charAt(first) + digits + check;
  }

  static String fiscalCode(Dice dice) {
    String consonants = "BCDFGLMNPRSTVZ";
    String body =
        dice.from(consonants, 6)
            + two(dice.between(40, 99))
            + dice.from("ABCDEHLMPRST", 1)
            + two(dice.between(1, 28) + (dice.oneIn(2) ? 40 : 0))
            + dice.of("H501", "F205", "L219", "F839", "D612", "G273");
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int value = Character.isDigit(body.charAt(i)) ? body.charAt(i) - '0' : body.charAt(i) - 'A';
      // Places are counted from 1, so the first one is odd.
      sum += i % 2 == 0 ? FISCAL_ODD[value] : value;
    }
    return body + (char) ('A' + sum % 26);
  }

  static String cpf(Dice dice) {
    String body = dice.pattern("P########");
    String first = body + elevens(body, 10);
    String digits = first + elevens(first, 11);
    return dice.oneIn(3)
        ? digits
        : grouped(digits.substring(0, 9), ".", 3, 3, 3) + "-" + digits.substring(9);
  }

  private static int elevens(String digits, int firstWeight) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (digits.charAt(i) - '0') * (firstWeight - i);
    }
    return sum % 11 < 2 ? 0 : 11 - sum % 11;
  }

  static String bsn(Dice dice) {
    while (true) {
      String digits = dice.pattern("P########");
      if (CheckDigits.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0) {
        return digits;
      }
    }
  }

  static String npi(Dice dice) {
    String body = dice.of("1", "2") + dice.digits(8);
    return body + CheckDigits.luhn("80840" + body);
  }

  static String mbi(Dice dice) {
    String letters = "ACDEFGHJKMNPQRTUVWXY";
    String either = letters + "0123456789";
    String dash = dice.of("-", "-", "");
    return dice.pattern("P")
        + dice.from(letters, 1)
        + dice.from(either, 1)
        + dice.digits(1)
        + dash
        + dice.from(letters, 1)
        + dice.from(either, 1)
        + dice.digits(1)
        + dash
        + dice.from(letters, 2)
        + dice.digits(2);
  }

  /** Digits in groups of these sizes. */
  static String grouped(String digits, String separator, int... sizes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (int size : sizes) {
      text.append(at == 0 ? "" : separator).append(digits, at, at + size);
      at += size;
    }
    return text.toString();
  }

  private static String two(int number) {
    return format("%02d", number);
  }

  private static String format(String format, int number) {
    return String.format(Locale.ROOT, format, number);
  }
}
