package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final int MAX = 64 * 1024;

  @Test
  void upTo64KibAValueStaysAsItIs() {
    Json value = Json.text("\"" + "x".repeat(MAX - 2) + "\"");
    assertThat(Excerpt.of(value)).isSameAs(value);
    assertThat(Excerpt.of(null)).isNull();
  }

  @Test
  void beyondItsBeginningAndLengthStandForIt() {
    String text = "\"" + "x".repeat(MAX - 1) + "\"";
    assertThat(Excerpt.of(Json.text(text)).object())
        .containsEntry("truncated", true)
        .containsEntry("bytes", MAX + 1)
        .containsEntry("head", text.substring(0, MAX))
        .hasSize(3);
  }

  @Test
  void itsBeginningIsAllThatIsNeededForThat() {
    byte[] text = ("\"" + "x\u00e9\u65e5".repeat(MAX) + "\"").getBytes(StandardCharsets.UTF_8);
    byte[] expected = Excerpt.of(Json.utf8(text)).utf8();
    byte[] head = Arrays.copyOf(text, MAX + 1);
    assertThat(Excerpt.cut(head, text.length).utf8()).isEqualTo(expected);
  }

  @Test
  void noCharacterIsCutInTwo() {
    for (String character : List.of("é", "日", "👩")) {
      int length = character.getBytes(StandardCharsets.UTF_8).length;
      for (int cut = 0; cut < length; cut++) {
        String before = "\"" + "x".repeat(MAX - 1 - cut);
        Json excerpt = Excerpt.of(Json.text(before + character.repeat(100) + "\""));
        assertThat(excerpt.object()).containsEntry("head", before);
      }
    }
  }

  @Test
  void noValueReachesIntoAnotherLine() {
    Json value = Json.text("{\n\"a\"\r\n: [1,\n\t\"\\n\"]}\n");
    Json excerpt = Excerpt.of(value);
    assertThat(new String(excerpt.utf8(), StandardCharsets.UTF_8)).doesNotContain("\n", "\r");
    assertThat(excerpt.tree()).isEqualTo(value.tree());
    assertThat(new String(value.utf8(), StandardCharsets.UTF_8)).as("untouched").contains("\n");
    byte[] large = Excerpt.of(Json.text("[" + "\n".repeat(MAX) + "]")).utf8();
    assertThat(new String(large, StandardCharsets.UTF_8)).doesNotContain("\n");
  }
}
