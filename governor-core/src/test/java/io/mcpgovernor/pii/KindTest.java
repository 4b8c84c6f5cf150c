package io.mcpgovernor.pii;

import static io.mcpgovernor.pii.Sensitivity.STANDARD;
import static io.mcpgovernor.pii.Sensitivity.STRICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {
  @ParameterizedTest
  @CsvSource({
    "email, john@example.com, ***@***.com, ***@***.com",
    "email, j@firma.de, ***@***.com, ***@***.com",
    "phone, (555) 123-4567, (***) ***-4567, (***) ***-****",
    "phone, (555)123-4567, (***) ***-4567, (***) ***-****",
    "phone, 555-123-4567, (***) ***-4567, (***) ***-****",
    "phone, 5551234567, ******4567, **********",
    "phone, 555.123.4567, ***.***.4567, ***.***.****",
    "phone, +44 20 7946 0958, +** ** **** 0958, +** ** **** ****",
    "phone, +1 (555) 123-4567, +* (***) ***-4567, +* (***) ***-****",
    "phone, 555-123-4567 x890, (***) ***-4567 x***, (***) ***-**** x***",
    "phone, 5551234 ext. 12, ***1234 ext. **, ******* ext. **",
    "ssn, 123-45-6789, ***-**-6789, ***-**-****",
    "ssn, 123456789, ***-**-6789, ***-**-****",
    "card, 1234-5678-9012-3456, ****-****-****-3456, ****-****-****-****",
    "card, 378282246310005, ****-****-****-0005, ****-****-****-****",
  })
  void masksEachKindInItsExactForm(String kind, String original, String standard, String strict) {
    Kind row = Kinds.all().stream().filter(k -> k.name().equals(kind)).findFirst().orElseThrow();
    assertThat(row.mask(original, STANDARD)).isEqualTo(standard);
    assertThat(row.mask(original, STRICT)).isEqualTo(strict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"555-123-4567ext. 12.bob@example.com", "bob 555-123-4567", "12 secret"})
  void whateverElseIsTakenForAPhoneNumberIsNotLetThrough(String original) {
    assertThat(Kinds.PHONE.mask(original, STANDARD)).matches("\\(\\*{3}\\) \\*{3}-(\\d{4}|\\*{4})");
  }

  @Test
  void fewDigitsAreNotGivenAwayByTheLastFour() {
    assertThat(Kinds.PHONE.mask("12345", STANDARD)).isEqualTo("*****");
    assertThat(Kinds.SSN.mask("123", STANDARD)).isEqualTo("***-**-****");
  }

  @Test
  void aCustomKindMasksAsItsFunctionSays() {
    Kind badge =
        Kind.custom(
            "staff.badge_no-2", (text, level) -> level + ":" + text.toUpperCase(Locale.ROOT));
    assertThat(badge.mask("ä7", STRICT)).isEqualTo("STRICT:Ä7");
    assertThat(badge).hasToString("staff.badge_no-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "naïve", "a\"b"})
  void aNameThatCouldNotStandInARecordIsRefused(String name) {
    assertThatThrownBy(() -> Kind.custom(name, (text, level) -> "*"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyKindOfTheTableHasABitOfItsOwn() {
    assertThat(Kinds.all()).allMatch(kind -> Cue.kinds(Cue.bit(kind)) == Cue.bit(kind));
  }
}
