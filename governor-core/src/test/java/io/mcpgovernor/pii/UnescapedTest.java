package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnescapedTest {
  /** Written in a JSON string, and what they stand for. */
  private static final String[][] PIECES = {
    {"\\\"", "\""},
    {"\\\\", "\\"},
    {"\\n", "\n"},
    {"\\/", "/"},
    {"\\t", "\t"},
    {"\\u0041", "A"},
    {"\\ud83d\\ude00", "\ud83d\ude00"},
    {"\\u00e9", "\u00e9"},
    {"\u00dc", "\u00dc"},
    {"a", "a"},
    {"some words without", "some words without"}
  };

  @Test
  void longStringsReadAsAParserReadsThemAndEachCharacterIsFoundAgain() {
    SplittableRandom random = new SplittableRandom(5);
    Unescaped content = new Unescaped();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder written = new StringBuilder("\"");
      StringBuilder meant = new StringBuilder();
      List<int[]> places = new ArrayList<>(); // of each piece: there, and in the source
      int kinds = random.nextInt(1, PIECES.length + 1);
      int first = random.nextInt(PIECES.length);
      for (int n = random.nextInt(120); n > 0; n--) {
        String[] piece = PIECES[(first + random.nextInt(kinds)) % PIECES.length];
        places.add(new int[] {utf8(meant).length, utf8(written).length});
        written.append(piece[0]);
        meant.append(piece[1]);
      }
      byte[] source = utf8(written.append('"'));
      content.read(source, 1, source.length - 1);
      String read = new String(content.utf8(), 0, content.length(), StandardCharsets.UTF_8);
      assertThat(read).isEqualTo(meant.toString()).isEqualTo(Json.utf8(source).tree());
      for (int[] place : places) {
        assertThat(content.source(place[0])).isEqualTo(place[1]);
      }
      for (int k = places.size() - 1; k >= 0; k -= 7) { // also against the order
        assertThat(content.source(places.get(k)[0])).isEqualTo(places.get(k)[1]);
      }
    }
  }

  private static byte[] utf8(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
