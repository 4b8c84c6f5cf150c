package io.mcpgovernor.pii.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO9386011117947",
        "BE71096123456769",
        "DE91100000000123456789",
        "FR7630006000011234567890189",
        "GB98MIDL07009312345678",
        "BR1500000000000010932840814P2",
        "MT31MALT01100000000000000000123",
        "SC52BAHL01031234567890123456USD",
        "MA64011519000001205000534921"
      })
  void numbersOfTheRegistryPass(String number) {
    assertThat(Sample.passes(Iban::number, number)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XX22YYY1234567890123",
        "FR1420041010050500013",
        "FR7630006000011234567890189@",
        "DE9110000000012345678",
        "DE91100000000123456798",
        "de91100000000123456789",
        "DE",
        "D"
      })
  void otherCountriesLengthsAndRemaindersFail(String number) {
    assertThat(Sample.passes(Iban::number, number)).isFalse();
  }

  @Test
  void theCountrySaysHowLongANumberIs() {
    assertThat(Iban.ibanLength((byte) 'N', (byte) 'O')).isEqualTo(15);
    assertThat(Iban.ibanLength((byte) 'R', (byte) 'U')).isEqualTo(33);
    assertThat(Iban.ibanLength((byte) 'U', (byte) 'S')).isZero();
    assertThat(Iban.ibanLength((byte) 'd', (byte) 'e')).isZero();
    assertThat(Iban.ibanLength((byte) -61, (byte) -87)).isZero();
  }
}
