package io.mcpgovernor.pii.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentCardTest {
  /** What the networks give merchants to test with. */
  @ParameterizedTest
  @CsvSource({
    "4222222222222, Visa of 13",
    "4012888888881881, Visa",
    "4716989580001715211, Visa of 19",
    "5555555555554444, Mastercard",
    "2223003122003222, Mastercard from 2",
    "2720992593319364, Mastercard to 2720",
    "378282246310005, American Express",
    "30569309025904, Diners Club",
    "6011111111111117, Discover",
    "3530111333300000, JCB",
    "6226050967750613, UnionPay",
    "8171999927660000, UnionPay from 81",
    "6759649826438453, Maestro",
    "5019717010103742, Dankort",
    "2200770212727079, Mir",
    "5066991111111118, Elo",
    "122000000000003, UATP"
  })
  void numbersOfEveryNetworkPass(String number, String network) {
    assertThat(Sample.passes(PaymentCard::number, number)).as("%s", network).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "411111111111116",
        "5555555555554",
        "7000000000000005",
        "0000000000000000",
        "9999999999999995",
        "1748503543012",
        "20241122123455"
      })
  void numbersThatNobodyIssuesFail(String number) {
    assertThat(Sample.passes(PaymentCard::number, number)).isFalse();
  }
}
