package io.mcpgovernor.config.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.Condition.FailedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are compared exactly or not at all. */
final class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "1001, args.n > 1000",
    "1000, args.n <= 1000",
    "1000.5, args.n > 1000",
    "1e3, args.n == 1000",
    "1000.0, args.n == 1000",
    "0.1, args.n == 0.1",
    "0.30000000000000004, args.n > 0.3",
    "-0.0, args.n == 0 && args.n >= 0",
    "1000, args.n > 999.5",
    "9007199254740993, args.n > 9007199254740992",
    "9007199254740993, args.n == 9007199254740993",
    "9007199254740993.0, args.n > 9007199254740992",
    "9007199254740993, args.n > 1.5",
    "9223372036854775807, args.n == 9223372036854775807",
    "-9223372036854775808, args.n < -9223372036854775807",
    "9223372036854775808, args.n > 9223372036854775807",
    "18446744073709551615, args.n == 18446744073709551615u",
    "1e18, args.n == 1000000000000000000",
    "7, args.n / 2 == 3 && args.n % 2 == 1",
    "7.0, args.n / 2.0 == 3.5",
    "7, double(args.n) * 1.5 == 10.5",
  })
  void aNumberIsWhatTheCallerWrote(String number, String when) {
    assertThat(Rules.holds(when, "{\"n\": " + number + "}")).isTrue();
    assertThat(Rules.holds("!(" + when + ")", "{\"n\": " + number + "}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18446744073709551616",
        "-9223372036854775809",
        "1e30",
        "1000.00000000000000001",
        "0.1000000000000000055",
        "9007199254740993.5",
        "1e-400"
      })
  void aNumberThatCannotBeComparedExactlyFails(String number) {
    assertThatThrownBy(() -> Rules.holds("args.n > 1000", "{\"n\": " + number + "}"))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("a number ");
  }

  @Test
  void numbersOfJavaProgramsAreThoseOfTheirJson() {
    Map<String, Object> numbers =
        Map.of(
            "s",
            (short) 1,
            "b",
            (byte) 1,
            "f",
            0.1f,
            "d",
            -0.0,
            "big",
            BigInteger.TWO.pow(62),
            "decimal",
            new BigDecimal("1E+1"));

    assertThat(
            Rules.holds(
                "args.s == 1 && args.b == 1 && args.f == 0.1 && args.d == 0"
                    + " && args.big == 4611686018427387904 && args.decimal == 10",
                TestFacts.with(Json.of(numbers))))
        .isTrue();
    assertThatThrownBy(
            () -> Rules.holds("args.n > 1", TestFacts.with(Json.of(Map.of("n", Double.NaN)))))
        .hasMessageContaining("a number is none that JSON knows");
  }

  @Test
  void aNumberOfAMillionDigitsTakesNoTime() {
    assertThatThrownBy(
            () ->
                Rules.holds(
                    "args.n > 1",
                    TestFacts.with(Json.of(Map.of("n", new BigDecimal("1e999999999"))))))
        .hasMessageContaining("a number is too large");
  }
}
