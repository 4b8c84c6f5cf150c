package io.mcpgovernor.pii.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of the segregated witness are those of BIP 173 and BIP 350. */
class BitcoinTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ",
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "mucFNhKMYoBQYUAEsrFVscQ1YaFQPekBpg",
        "2NFUBBRcTJbYc1D4HSCbJhKZp6YCV4PQFpQ",
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "tb1qxhkl607frtvjsy9nlyeg03lf6fsq947pl2pe82",
        "bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3297"
      })
  void addressesOfEveryKindPass(String address) {
    assertThat(Sample.passes(Bitcoin::address, address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "3J98t1WpEZ73CNmQviecrnyiWrnqh0WNLo",
        "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ2",
        "11111111111111111111111111111111111",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "bc1qW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p5d7rjq7g6rdk2yhzks9smlaqtedr4dekq08ge8ztwac72sfr9rusxg3291",
        "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du",
        "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9"
      })
  void otherSumsAlphabetsAndNetworksFail(String address) {
    assertThat(Sample.passes(Bitcoin::address, address)).isFalse();
  }
}
