package io.mcpgovernor.pii;

import static io.mcpgovernor.pii.Sensitivity.STANDARD;
import static io.mcpgovernor.pii.Sensitivity.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of kinds is found and masked as it says. */
final class KindsTest {
  private static final Masker ALL =
      new Masker(MaskRules.builder().with(Kinds.all().toArray(new Kind[0])).build());

  static Stream<Arguments> examples() {
    return Kinds.all().stream()
        .flatMap(kind -> kind.examples().stream().map(example -> Arguments.of(kind, example)));
  }

  static List<Kind> kinds() {
    return Kinds.all();
  }

  @Test
  void namesAndTypesAreUnique() {
    Set<String> names = new HashSet<>();
    for (Kind kind : Kinds.all()) {
      assertThat(names.add(kind.name())).as(kind.name()).isTrue();
      assertThat(names.add(kind.type())).as(kind.type()).isTrue();
      assertThat(Kinds.named(kind.type())).contains(kind);
      assertThat(kind.examples()).as(kind.name()).isNotEmpty();
      assertThat(kind.surrogates()).as(kind.name()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsFoundAsItsKind(Kind kind, String example) {
    assertThat(foundIn(example)).isEqualTo(kind);
    assertThat(foundIn("Please note: " + example + "\nThat is all.")).isEqualTo(kind);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsFoundInJson(Kind kind, String example) {
    Scan scan = ALL.scan(Json.of(Map.of("remark", example)));

    assertThat(scan.masked(STRICT).toString()).isNotEqualTo(example);
    assertThat(scan.isClean()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theValueIsFoundUnderAFieldOfItsName(Kind kind, String example) {
    String value = valueIn(kind, example);
    for (String word : Kinds.row(kind).words) {
      byte[] json = Json.of(Map.of(word, value)).utf8();

      assertThat(ALL.mask(json, STANDARD)).as(word).isNotEqualTo(json);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void masksHideTheValueAndAreNotMaskedAgain(Kind kind, String example) {
    String value = valueIn(kind, example);
    for (Sensitivity level : Sensitivity.values()) {
      String masked = ALL.mask(example, level);

      assertThat(masked).contains(kind.mask(value, level)).doesNotContain(value);
      assertThat(ALL.mask(masked, level)).isEqualTo(masked);
    }
    assertThat(kind.mask(value, STRICT)).doesNotContainPattern("[0-9]");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void redactionSaysTheKindAndHashesHideTheValue(Kind kind, String example) {
    MaskRules.Builder rules = MaskRules.builder().with(kind);
    Masker redacting = new Masker(rules.mode(MaskMode.REDACT).build());
    Masker hashing = new Masker(rules.mode(MaskMode.HASH).hashKey(new byte[32]).build());

    assertThat(redacting.mask(example, STANDARD))
        .contains("[" + kind.name().toUpperCase(Locale.ROOT) + "]");
    String hashed = hashing.mask(example, STANDARD);
    assertThat(hashed).doesNotContain(valueIn(kind, example));
    assertThat(hashing.mask(hashed, STANDARD)).isEqualTo(hashed);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void surrogatesAreNotFoundAgain(Kind kind) {
    for (String surrogate : kind.surrogates()) {
      assertThat(ALL.mask(surrogate, STANDARD)).isEqualTo(surrogate);
      for (String word : Kinds.row(kind).words) {
        byte[] json = Json.of(Map.of(word, surrogate)).utf8();

        assertThat(ALL.mask(json, STRICT)).as(word).isSameAs(json);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email | john.doe at example dot com",
        "email | @example.com",
        "phone | 5551234567890123456789",
        "phone | build 555-12-34",
        "ssn | order 123456789",
        "card | 4111111111111112",
        "card | x4111111111111111x",
        "us_itin | 912711234",
        "us_ein | 12-3456789",
        "iban | DE88370400440532013000",
        "bic | DEUTDEFF500",
        "bank_account | 000123456789",
        "aba_routing | batch 021000021",
        "mac_address | 00:1b:44:11:3a",
        "birth_date | 1985-04-12",
        "passport | X1234567",
        "driver_license | F162823540116",
        "uk_nhs | 9434765918",
        "uk_nino | QQ 12 34 56 C",
        "ca_sin | 046 454 287",
        "in_aadhaar | 2341 2341 2347",
        "in_pan | ABCXE1234",
        "in_gstin | 27AAPFU0939F1ZX",
        "au_tfn | 123 456 783",
        "au_medicare | 2123 45671 1",
        "sg_nric | S1234567A",
        "pl_pesel | ref 44051401358",
        "es_nif | 12345678A",
        "es_nie | X1234567A",
        "br_cpf | ref 11144477736",
        "vin | 1HGCM82633A004353",
        "imei | ref 490154203237519",
        "be_nrn | 85.07.30-033.29",
        "ch_ahv | 756.9217.0769.86",
        "tr_tckn | ref 10000000147",
        "th_tnin | 1-1017-00230-70-9",
        "cn_id | 11010519491231002Y",
        "mx_curp | BOXW310820HNERXN08",
        "ip_address | 1.2.3",
        "person | Widget Pro",
        "person | The Johnson Foundation",
        "person | Dear Customer",
        "person | Spring Sale at Best Buy",
        "person | Paris Texas",
        "street_address | 5 Ways to save",
        "street_address | 1st place",
        "street_address | the shops on Main Street",
        "street_address | 12 months",
        "street_address | Spring 2024",
      })
  void whatOnlyLooksLikeTheKindStays(String kind, String text) {
    assertThat(Kinds.named(kind)).isPresent();
    assertThat(ALL.mask(text, STANDARD)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dear Mrs. Miller, | Dear Mrs. ***,",
        "My name is Rubija | My name is ***",
        "From: Jane Doe <jane@x.com> | From: *** <***@***.com>",
        "Mr. Ludwig van Beethoven called | Mr. *** called",
        "we met Zoë O'Brien yesterday | we met *** yesterday",
        "{\"name\": \"John Doe\"} | {\"name\": \"***\"}",
        "{\"name\": \"Widget Pro\"} | {\"name\": \"Widget Pro\"}",
        "{\"author\": \"Xanthi Qorri\"} | {\"author\": \"***\"}",
        "{\"customer\": {\"name\": \"Xanthi Qorri\"}} | {\"customer\": {\"name\": \"***\"}}",
        "{\"assignee\": \"DOE, JOHN\"} | {\"assignee\": \"***\"}",
        "{\"toolName\": \"get_customer\"} | {\"toolName\": \"get_customer\"}",
        "{\"product_name\": \"Jane Doe\"} | {\"product_name\": \"Jane Doe\"}",
        "{\"hostname\": \"Jane Doe\"} | {\"hostname\": \"Jane Doe\"}",
        "at 742 Evergreen Terrace, Springfield, IL 62704 today | at *** today",
        "350 5th Ave Suite 300 | ***",
        "in der Hauptstraße 5, 10115 Berlin | in der ***",
        "5 Rue de Rivoli is old | *** is old",
        "PO Box 123 | ***",
        "{\"address\": {\"street\": \"12 Elm Rd\"}} | {\"address\": {\"street\": \"***\"}}",
        "{\"address\": \"0xabcdef12\"} | {\"address\": \"0xabcdef12\"}",
      })
  void namesAndAddressesOfPeopleAreFoundWhereAsked(String text, String masked) {
    assertThat(ALL.mask(text, STANDARD)).isEqualTo(masked);
    assertThat(ALL.mask(masked, STANDARD)).isEqualTo(masked);
  }

  @Test
  void aLabelOfAKindThatIsLeftHidesNothing() {
    assertThat(Masker.standard().mask("full name: Jane Doe, john@x.com, 123-45-6789", STRICT))
        .isEqualTo("full name: Jane Doe, ***@***.com, ***-**-****");
    Masker emails = new Masker(MaskRules.builder().kinds(List.of(Kinds.EMAIL)).build());
    assertThat(emails.mask("password: john@x.com", STRICT)).isEqualTo("password: ***@***.com");
  }

  private static Kind foundIn(String text) {
    List<Finding> found = ALL.scanText(text.getBytes(StandardCharsets.UTF_8)).findings();
    assertThat(found).as(text).hasSize(1);
    return found.get(0).kind();
  }

  private static String valueIn(Kind kind, String example) {
    byte[] utf8 = example.getBytes(StandardCharsets.UTF_8);
    return ALL.scanText(utf8).findings().stream()
        .filter(finding -> finding.kind() == kind)
        .map(f -> new String(utf8, f.from(), f.to() - f.from(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
