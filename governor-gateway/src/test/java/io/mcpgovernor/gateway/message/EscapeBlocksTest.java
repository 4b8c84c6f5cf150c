package io.mcpgovernor.gateway.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EscapeBlocksTest {
  private static final String[] PIECES = {
    "\\\"", "\\\\", "\\n", "\\/", "a", "word", "\\u00e9", "\u00fc"
  };

  @Test
  void aLongStringEndsAtItsQuoteWhateverIsEscapedBeforeIt() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 3_000; i++) {
      String string = string(random, random.nextInt(1, PIECES.length + 1));
      Json array = Json.text("[" + string + ",1]");
      assertThat(JsonSlices.items(array))
          .extracting(item -> new String(item.utf8(), StandardCharsets.UTF_8))
          .containsExactly(string, "1");
      assertThat(array.tree()).isInstanceOf(List.class);
    }
  }

  @Test
  void whatCannotStandInAStringIsFoundWhereverItStands() {
    String sound = "{\\\"a\\\": \\\"b\\\"}".repeat(30);
    for (String wrong : List.of("\\x", "\n", "\u0000", "\\u12")) {
      for (int at = 0; at <= sound.length(); at++) {
        if (at == 0 || sound.charAt(at - 1) != '\\') {
          String text = "[\"" + sound.substring(0, at) + wrong + sound.substring(at) + "\"]";
          assertThatThrownBy(() -> JsonSlices.items(Json.text(text)))
              .isInstanceOf(MalformedJsonException.class)
              .hasMessageContaining("(at byte " + (at + 2) + ")");
        }
      }
    }
  }

  private static String string(SplittableRandom random, int kinds) {
    StringBuilder string = new StringBuilder("\"");
    for (int n = random.nextInt(200); n > 0; n--) {
      string.append(PIECES[random.nextInt(kinds)]);
    }
    return string.append('"').toString();
  }
}
