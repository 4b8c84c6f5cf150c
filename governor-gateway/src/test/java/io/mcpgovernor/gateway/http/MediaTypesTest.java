package io.mcpgovernor.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|true",
        "Application/JSON; charset=utf-8|true",
        "application/json ;x|true",
        "application/json-rpc|false",
        "application/jsonx|false",
        "text/json|false",
        "|false"
      })
  void aTypeIsItselfWhateverItsParameters(String contentType, boolean is) {
    assertThat(MediaTypes.is(contentType, MediaTypes.JSON)).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|true",
        "*/*|true",
        "text/html, application/*;q=0.1|true",
        "text/html|false",
        "application/json;q=0|false",
        "application/json; q=0.000, */*|false",
        "application/json;q=0.001|true",
        "*/*;q=0|false",
        "application/*;q=0, application/json|true"
      })
  void theMostSpecificRangeDecides(String accept, boolean accepts) {
    assertThat(MediaTypes.accepts(accept, MediaTypes.JSON)).isEqualTo(accepts);
  }
}
