package io.mcpgovernor.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryAfterTest {
  @Test
  void isSecondsOrADateAndNeverMoreThanADay() {
    assertThat(RetryAfter.of("120")).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.of("99999999999999999999")).isEqualTo(Duration.ofDays(1));
    assertThat(RetryAfter.of("Fri, 31 Dec 1999 23:59:59 GMT")).isZero();
    assertThat(RetryAfter.of("Tue, 31 Dec 2199 23:59:59 GMT")).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void isNothingWhereItCannotBeRead() {
    assertThat(RetryAfter.of(null)).isNull();
    assertThat(RetryAfter.of(" ")).isNull();
    assertThat(RetryAfter.of("soon")).isNull();
    assertThat(RetryAfter.of("-1")).isNull();
  }
}
