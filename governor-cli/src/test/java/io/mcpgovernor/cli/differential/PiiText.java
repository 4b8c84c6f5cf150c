package io.mcpgovernor.cli.differential;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Text with personal data in it, and what only looks like it. */
final class PiiText {
  private static final List<String> FIRST = List.of("Ada", "John", "Émile", "Søren", "Xú");
  private static final List<String> LAST = List.of("Doe", "Lovelace", "Zola", "Müller", "Nakamura");
  private static final List<String> CARDS =
      List.of("1234-5678-9012-3456", "4111 1111 1111 1111", "5500005555555559", "378282246310005");
  private static final List<String> PLAIN =
      List.of(
          "Nothing to see.",
          "Order 4111-22, version 1.22.333, 3.14159.",
          "at 1700000000000 (2026-11-28T10:00:00Z)",
          "git@github.com:org/repo, pkg@1.2.3, image@2x.png",
          "emoji \uD83D\uDE80 and \"quotes\" \\ \u2028 </script> \t\u0001",
          "DE89 3704 0044 0532 0130 00 is an IBAN",
          "password=hunter2hunter2 token: ghp_0123456789abcdefghijklmnopqrstuvwxyz",
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
          "Masked already: ***-**-6789 and ***@***.com");

  private PiiText() {}

  static String name(Random random) {
    return FIRST.get(random.nextInt(FIRST.size())) + " " + LAST.get(random.nextInt(LAST.size()));
  }

  static String email(Random random) {
    return "user"
        + random.nextInt(10_000)
        + (random.nextBoolean() ? "@example.com" : "+x@mail.example.org");
  }

  static String ssn(Random random) {
    return String.format(
        Locale.ROOT,
        "%03d-%02d-%04d",
        100 + random.nextInt(500),
        10 + random.nextInt(80),
        1000 + random.nextInt(9000));
  }

  static String phone(Random random) {
    String last = String.format(Locale.ROOT, "%04d", random.nextInt(10_000));
    return switch (random.nextInt(3)) {
      case 0 -> "(555) 123-" + last;
      case 1 -> "555-123-" + last;
      default -> "+49 30 1234" + last;
    };
  }

  static String card(Random random) {
    return CARDS.get(random.nextInt(CARDS.size()));
  }

  /** A few sentences. */
  static String of(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(
          switch (random.nextInt(7)) {
            case 0 -> "Write to " + email(random) + ". ";
            case 1 -> "SSN: " + ssn(random) + "; ";
            case 2 -> "Call " + phone(random) + " or ";
            case 3 -> "card " + card(random) + ", ";
            case 4 -> "Mr. " + name(random) + " of 12 Main Street, born 1970-01-02. ";
            default -> PLAIN.get(random.nextInt(PLAIN.size())) + " ";
          });
    }
    return text.toString();
  }

  /** At least so many characters. */
  static String ofLength(Random random, int chars) {
    StringBuilder text = new StringBuilder();
    while (text.length() < chars) {
      text.append(of(random));
    }
    return text.toString();
  }
}
