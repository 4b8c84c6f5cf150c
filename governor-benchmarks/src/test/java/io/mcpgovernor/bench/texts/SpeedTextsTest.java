package io.mcpgovernor.bench.texts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The texts are as large, as rich in PII and as regular as they are said to be. */
final class SpeedTextsTest {
  private static final List<SpeedText> USUAL = SpeedTexts.usual(SpeedTexts.BYTES);

  @Test
  void usualTextsHaveBetweenOneAndOnePointSevenPercentPii() {
    assertThat(USUAL).extracting(SpeedText::name).containsExactly("json", "log", "prose");
    assertThat(USUAL)
        .allSatisfy(text -> assertThat(text.piiShare()).as(text.name()).isBetween(0.010, 0.017));
  }

  @Test
  void eachHasAboutAMebibyteAndIsTheSameEachTime() {
    List<SpeedText> again = SpeedTexts.usual(SpeedTexts.BYTES);
    for (int i = 0; i < USUAL.size(); i++) {
      assertThat(USUAL.get(i).utf8().length).isBetween(SpeedTexts.BYTES, SpeedTexts.BYTES + 4_096);
      assertThat(again.get(i).utf8()).isEqualTo(USUAL.get(i).utf8());
    }
    assertThat(SpeedTexts.worst(SpeedTexts.BYTES))
        .allSatisfy(text -> assertThat(text.utf8()).hasSize(SpeedTexts.BYTES));
  }

  @Test
  void theJsonTextIsJson() {
    SpeedText json = USUAL.get(0);

    assertThat(json.isJson()).isTrue();
    assertThat((List<?>) Objects.requireNonNull(Json.utf8(json.utf8()).tree())).isNotEmpty();
  }

  @Test
  void placesHoldThePii() {
    SpeedText prose = USUAL.get(2);
    List<String> values =
        prose.pii().stream()
            .map(
                place ->
                    new String(
                        prose.utf8(),
                        place.start(),
                        place.end() - place.start(),
                        java.nio.charset.StandardCharsets.UTF_8))
            .toList();

    assertThat(values)
        .isNotEmpty()
        .allMatch(value -> value.matches("[a-z.]+[0-9]+@example\\.com|[(0-9][0-9) -]{10,18}"));
  }
}
