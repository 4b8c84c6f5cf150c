package io.mcpgovernor.pii.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BicTest {
  @ParameterizedTest
  @ValueSource(strings = {"DEUTDEFF", "SBICKEN1345", "SBICKEN1YYP", "SBICXKN1YYP"})
  void codesWithBranchAndWithoutPass(String code) {
    assertThat(Sample.passes(Bic::code, code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SBIC23NX", "S23CKENX", "SBICKENXX", "SBICKEN", "PASSPORT", "DEUTUKFF"})
  void otherLengthsAndCountriesFail(String code) {
    assertThat(Sample.passes(Bic::code, code)).isFalse();
  }
}
