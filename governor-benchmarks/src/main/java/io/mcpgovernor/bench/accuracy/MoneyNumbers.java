package io.mcpgovernor.bench.accuracy;

import java.util.Arrays;
import java.util.List;

/** Made-up numbers of cards and accounts. */
final class MoneyNumbers {
  /** Where a brand's numbers begin, how long they are and how people group them. */
  private record Brand(List<String> prefixes, int length, String groups) {}

  private static final List<Brand> BRANDS =
      List.of(
          new Brand(List.of("4"), 16, "4 4 4 4"),
          new Brand(List.of("51", "52", "53", "54", "55", "2221", "2720", "2450"), 16, "4 4 4 4"),
          new Brand(List.of("34", "37"), 15, "4 6 5"),
          new Brand(List.of("300", "305", "36", "38"), 14, "4 6 4"),
          new Brand(List.of("6011", "644", "65"), 16, "4 4 4 4"),
          new Brand(List.of("3528", "3589", "3550"), 16, "4 4 4 4"),
          new Brand(List.of("622126", "625000", "628200"), 16, "4 4 4 4"),
          new Brand(List.of("6304", "6759", "5018", "5020"), 16, "4 4 4 4"));

  /** Country, then the account: {@code #} digits, {@code A} letters. */
  private static final List<String> IBANS =
      List.of(
          "DE##################",
          "GBAAAA##############",
          "FR#######################",
          "ES####################",
          "ITA######################",
          "NLAAAA##########",
          "BE############",
          "AT################",
          "CH#################",
          "PL########################",
          "PT#####################",
          "SE####################",
          "NO###########",
          "DK##############",
          "FI##############",
          "IEAAAA##############",
          "LU################",
          "CZ####################",
          "GR#######################",
          "HU########################",
          "ROAAAA################",
          "TR######################",
          "SA####################",
          "AE###################",
          "LT################",
          "LVAAAA#############",
          "EE################",
          "HR#################",
          "BGAAAA##############",
          "MTAAAA#######################",
          "CY########################");

  private MoneyNumbers() {}

  static String card(Dice dice) {
    Brand brand = dice.of(BRANDS);
    String prefix = dice.of(brand.prefixes());
    String body = prefix + dice.digits(brand.length() - 1 - prefix.length());
    return IdentityNumbers.grouped(
        body + CheckDigits.luhn(body), dice.of(" ", "-", "", " "), groups(brand));
  }

  private static int[] groups(Brand brand) {
    return Arrays.stream(brand.groups().split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  static String iban(Dice dice) {
    String made = dice.of(IBANS);
    String country = made.substring(0, 2);
    String account = dice.pattern(made.substring(2));
    String iban = country + CheckDigits.iban(country, account) + account;
    return switch (dice.below(5)) {
      case 0, 1 -> iban.replaceAll("(.{4})(?!$)", "$1 ");
      case 2 -> iban.replaceAll("(.{4})(?!$)", "$1-");
      default -> iban;
    };
  }

  static String bic(Dice dice) {
    String bank = dice.of("DEUT", "COBA", "BNPA", "CHAS", "BARC", "INGB", "NDEA", "UBSW", "POLU");
    String country = dice.of("DE", "FR", "US", "GB", "NL", "SE", "CH", "PL", "IT");
    return bank + country + dice.of("FF", "PP", "33", "22", "2A", "ZH") + dice.of("", "XXX", "500");
  }

  static String account(Dice dice) {
    return dice.pattern("P" + "#".repeat(dice.between(7, 11)));
  }

  /** An ABA routing number: weights 3, 7, 1. */
  static String routing(Dice dice) {
    String body = dice.of("02", "03", "06", "07", "11", "12", "26", "31", "32") + dice.digits(6);
    int sum = CheckDigits.weighted(body, 3, 7, 1, 3, 7, 1, 3, 7);
    return body + (10 - sum % 10) % 10;
  }
}
