package io.mcpgovernor.cli.leaktest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What masking does not find, or does not put back as it was, all in one place. A leak that is not
 * listed fails the tests, and so does a row that covers no leak any more: whoever closes a gap
 * takes it out of here.
 */
final class Gaps {
  /**
   * One gap.
   *
   * @param why what is missing, or why it is meant so
   */
  record Gap(String why, Predicate<LeakCase> covers) {
    @Override
    public String toString() {
      return why;
    }
  }

  private static final List<Gap> ALL =
      List.of(
          new Gap(
              "a field called lastModified speaks for a time and against values without a label",
              in(Carrier.ANNOTATIONS)),
          new Gap(
              "in the path of an address, words stand for anything",
              in(Carrier.LINK_URI)
                  .and(
                      kind(
                          "cn_id",
                          "es_nie",
                          "es_nif",
                          "iban",
                          "in_gstin",
                          "in_pan",
                          "it_fiscal_code",
                          "mx_curp",
                          "sg_nric",
                          "uk_nino",
                          "us_mbi",
                          "vin"))),
          new Gap(
              "a name that ends in id speaks against a number, even if the kind is called so",
              in(Carrier.NUMBER).and(kind("de_tax_id", "za_id"))),
          new Gap(
              "and against a number with a letter at its end",
              kind("cn_id").and(as(Encoding.CSV, Encoding.MARKDOWN_TABLE, Encoding.URL_QUERY))),
          new Gap(
              "base64 of eleven bytes or fewer is not told from other words",
              as(Encoding.BASE64)
                  .and(kind("es_nie", "es_nif", "fi_hetu", "ip_address", "sg_nric"))),
          new Gap(
              "a private key whose lines are percent-encoded is not put together",
              kind("private_key")
                  .and(as(Encoding.PERCENT, Encoding.URL_QUERY).or(in(Carrier.LINK_URI)))),
          new Gap(
              "a name that is quoted, marked or in a cell is not one after a salutation",
              kind("person").and(leakCase -> leakCase.canary().before().startsWith("Dear"))),
          new Gap(
              "a street without a label is not found in disguise or marked",
              kind("street_address")
                  .and(leakCase -> leakCase.canary().before().isEmpty())
                  .and(
                      as(
                              Encoding.EMPHASIS,
                              Encoding.PERCENT,
                              Encoding.FULL_WIDTH,
                              Encoding.ZERO_WIDTH)
                          .or(in(Carrier.LINK_URI)))),
          new Gap(
              "credentials without their address around them are not told from other words",
              kind("url_credentials")),
          new Gap(
              "a secret in brackets is a placeholder or an array",
              kind("secret").and(as(Encoding.BRACKETS))),
          new Gap(
              "a value that goes by its label alone is masked with what encloses it",
              kind("secret", "person", "street_address")
                  .and(as(Encoding.EMPHASIS, Encoding.BRACKETS, Encoding.CSV, Encoding.URL_QUERY))),
          new Gap(
              "and not found where a quote in a quoted cell of CSV is written twice",
              in(Carrier.BLOB_CSV)
                  .and(kind("secret", "person", "street_address"))
                  .and(as(Encoding.QUOTES, Encoding.MARKDOWN_TABLE))));

  private static Predicate<LeakCase> in(Carrier carrier) {
    return leakCase -> leakCase.carrier() == carrier;
  }

  private static Predicate<LeakCase> kind(String... names) {
    Set<String> chosen = Set.of(names);
    return leakCase -> chosen.contains(leakCase.canary().kind().name());
  }

  private static Predicate<LeakCase> as(Encoding... encodings) {
    Set<Encoding> chosen = Set.of(encodings);
    return leakCase -> chosen.contains(leakCase.encoding());
  }

  /** Which rows have covered a case that failed. */
  private final Set<Gap> needed = new LinkedHashSet<>();

  /** Whether a case is listed. */
  static boolean hold(LeakCase leakCase) {
    return ALL.stream().anyMatch(gap -> gap.covers.test(leakCase));
  }

  /** Like {@link #hold}, and takes note that the rows are needed. */
  boolean explains(LeakCase failed) {
    boolean isListed = false;
    for (Gap gap : ALL) {
      if (gap.covers.test(failed)) {
        needed.add(gap);
        isListed = true;
      }
    }
    return isListed;
  }

  /** The rows that covered no case that failed. */
  List<Gap> outOfDate() {
    return ALL.stream().filter(gap -> !needed.contains(gap)).toList();
  }
}
