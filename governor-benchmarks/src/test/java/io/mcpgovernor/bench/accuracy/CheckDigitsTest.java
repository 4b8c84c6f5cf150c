package io.mcpgovernor.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Check digits of examples that the standards and textbooks print. */
final class CheckDigitsTest {
  @Test
  void examplesOfTheStandardsComeOut() {
    assertThat(CheckDigits.luhn("7992739871")).isEqualTo(3);
    assertThat(CheckDigits.luhn("411111111111111")).isEqualTo(1);
    assertThat(CheckDigits.verhoeff("236")).isEqualTo(3);
    assertThat(CheckDigits.iban("GB", "WEST12345698765432")).isEqualTo("82");
    assertThat(CheckDigits.iban("DE", "370400440532013000")).isEqualTo("89");
  }
}
