package io.mcpgovernor.bench.accuracy;

import java.text.Normalizer;
import java.util.Locale;

/** Made-up people, where they live, and what they own. */
final class PeopleAndThings {
  private static final String[] FIRST = {
    "Anna",
    "Jonas",
    "Maria",
    "Pedro",
    "Aylin",
    "Chen",
    "Priya",
    "Olu",
    "Zoë",
    "René",
    "Søren",
    "Katarzyna",
    "Luca",
    "Ingrid",
    "Tomás",
    "Fatima",
    "Grace",
    "Henry",
    "Yuki",
    "Dmitri"
  };
  private static final String[] LAST = {
    "Kowalski", "Lindqvist", "García", "Okafor", "Müller", "Nakamura", "O'Brien", "Rossi", "Dubois",
    "van Dijk", "Petrov", "Hansen", "Silva", "Iyer", "Fitzgerald", "Novák", "Whitaker", "Sørensen"
  };
  private static final String[] DOMAINS = {
    "example.com",
    "example.org",
    "mail.example.co.uk",
    "firma-beispiel.de",
    "acme.io",
    "post.example.fr",
    "students.uni-example.edu",
    "corp.example.com.au",
    "example.museum"
  };
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private PeopleAndThings() {}

  static String person(Dice dice) {
    return dice.of(FIRST) + (dice.oneIn(6) ? " " + dice.upper(1) + ". " : " ") + dice.of(LAST);
  }

  static String email(Dice dice) {
    String first = ascii(dice.of(FIRST));
    String last = ascii(dice.of(LAST));
    String local =
        switch (dice.below(7)) {
          case 0 -> first + "." + last;
          case 1 -> first.charAt(0) + last;
          case 2 -> first + "_" + last + dice.between(1, 99);
          case 3 -> first + "." + last + "+" + dice.of("news", "shop", "crm");
          case 4 -> first + dice.digits(4);
          case 5 -> last + "-" + first;
          default -> first.substring(0, 1).toUpperCase(Locale.ROOT) + "." + last;
        };
    return local + "@" + dice.of(DOMAINS);
  }

  private static String ascii(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }

  static String street(Dice dice) {
    return switch (dice.below(4)) {
      case 0 ->
          dice.between(1, 9_999)
              + " "
              + dice.of("Elm", "Oak", "Lake View", "Mission")
              + " "
              + dice.of("Street", "Ave", "Blvd", "Rd")
              + dice.of("", ", Apt 4B", " Suite 210");
      case 1 -> dice.of("Haupt", "Garten", "Linden") + "straße " + dice.between(1, 120);
      case 2 -> dice.between(1, 200) + " rue " + dice.of("de la Paix", "Victor Hugo", "des Lilas");
      default -> dice.between(1, 300) + " " + dice.of("High Street", "Church Lane", "Mill Road");
    };
  }

  static String birthday(Dice dice) {
    int year = dice.between(1938, 2007);
    int month = dice.between(1, 12);
    int day = dice.between(1, 28);
    String name = MONTHS[month - 1];
    return switch (dice.below(6)) {
      case 0, 1 -> String.format(Locale.ROOT, "%d-%02d-%02d", year, month, day);
      case 2 -> String.format(Locale.ROOT, "%02d/%02d/%d", month, day, year);
      case 3 -> String.format(Locale.ROOT, "%02d.%02d.%d", day, month, year);
      case 4 -> name + " " + day + ", " + year;
      default -> day + " " + name.substring(0, 3) + " " + year;
    };
  }

  static String passport(Dice dice) {
    return dice.pattern(dice.of("P########", "A########", "AA#######", "C01XP####", "##AA#####"));
  }

  static String driverLicense(Dice dice) {
    return dice.pattern(
        dice.of("A#######", "A###-####-####", "P########", "AAA##-######-##", "AP############"));
  }

  static String medicalRecord(Dice dice) {
    return dice.pattern(dice.of("P#######", "MR\\N-P######", "P##-##-###", "HP########"));
  }

  /** A vehicle with the North American check digit at the ninth place. */
  static String vin(Dice dice) {
    String letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
    String vin =
        dice.of("1HG", "1FT", "2T1", "3VW", "5YJ", "WBA")
            + dice.from(letters, 5)
            + "0"
            + dice.from("ABCDEFGHJKLMNPRSTVWXY123456789", 1)
            + dice.from(letters, 1)
            + dice.digits(6);
    String letterValues = "12345678.12345.7.923456789";
    int[] weights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      char c = vin.charAt(i);
      int value = Character.isDigit(c) ? c - '0' : letterValues.charAt(c - 'A') - '0';
      sum += value * weights[i];
    }
    return vin.substring(0, 8) + (sum % 11 == 10 ? "X" : "" + sum % 11) + vin.substring(9);
  }

  static String imei(Dice dice) {
    String body = dice.of("35", "86", "01", "49") + dice.digits(12);
    String whole = body + CheckDigits.luhn(body);
    return dice.oneIn(3) ? IdentityNumbers.grouped(whole, "-", 2, 6, 6, 1) : whole;
  }

  static String mac(Dice dice) {
    String mac = IdentityNumbers.grouped(dice.hex(12), ":", 2, 2, 2, 2, 2, 2);
    return switch (dice.below(4)) {
      case 0 -> mac.replace(':', '-').toUpperCase(Locale.ROOT);
      case 1 -> IdentityNumbers.grouped(dice.hex(12), ".", 4, 4, 4);
      case 2 -> mac.toUpperCase(Locale.ROOT);
      default -> mac;
    };
  }

  static String ip(Dice dice) {
    if (dice.oneIn(5)) {
      return "2001:db8:" + dice.hex(4) + "::" + dice.from("123456789abcdef", 3);
    }
    return dice.of("203.0.113.", "198.51.100.", "192.0.2.", "85.214.132.", "10.20.")
            .replaceFirst("^10\\.20\\.$", "10.20." + dice.between(1, 254) + ".")
        + dice.between(1, 254);
  }
}
