package io.mcpgovernor.pii.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VinTest {
  @ParameterizedTest
  @ValueSource(strings = {"1M8GDM9AXKP042788", "1HGCM82633A004352", "5GZCZ43D13S812715"})
  void numbersWithTheirCheckDigitPass(String number) {
    assertThat(Sample.passes(Vin::number, number)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1M8GDM9A1KP042788",
        "1M8GDM9AXKP04278",
        "1M8GDM9AXKPO42788",
        "IM8GDM9AXKP042788",
        "1M8GDM9AXKP04278A",
        "11111111111111111",
        "00000000000000000"
      })
  void otherCheckDigitsLettersAndDigitsAloneFail(String number) {
    assertThat(Sample.passes(Vin::number, number)).isFalse();
  }
}
