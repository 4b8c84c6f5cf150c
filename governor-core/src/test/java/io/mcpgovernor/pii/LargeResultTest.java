package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results of many kilobytes, mostly JSON inside a string, as tools give them. */
class LargeResultTest {
  private static final Masker MASKER = Masker.standard();

  @Test
  void whatIsMaskedInJsonInAStringIsWhatIsMaskedInTheJson() {
    for (int rows : new int[] {1, 9, 60, 700}) {
      byte[] plain = Json.of(rows(rows)).utf8();
      Json quoted = Json.of(List.of(new String(plain, StandardCharsets.UTF_8)));
      for (Sensitivity level : Sensitivity.values()) {
        byte[] masked = MASKER.mask(plain, level);
        assertThat(MASKER.scan(quoted).masked(level).tree())
            .isEqualTo(List.of(new String(masked, StandardCharsets.UTF_8)));
      }
    }
  }

  @Test
  void pointersLeadToLongStringsAndToWhatStandsAroundThem() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("first", "anna@example.com");
    value.put("long", "see: " + text(200));
    value.put("clean", "nothing ".repeat(2_000));
    value.put("jim@example.com", List.of("x", text(90), "a@b.com"));
    value.put("last", Map.of("phone", "555-123-4567"));
    Scan scan = MASKER.scan(Json.of(value));
    assertThat(scan.pointers())
        .containsExactly(
            "/first", "/long", "/***@***.com", "/***@***.com/1", "/***@***.com/2", "/last/phone");
  }

  @Test
  void theBeginningOfAMaskedValueIsTheBeginningOfAllOfIt() {
    Scan scan = MASKER.scan(Json.of(List.of(text(40), "\u00fc")));
    Scan clean = MASKER.scan(Json.of(List.of("nothing")));
    for (Sensitivity level : Sensitivity.values()) {
      byte[] all = scan.masked(level).utf8();
      assertThat(scan.maskedBytes(level)).isEqualTo(all.length);
      for (int bytes = 0; bytes < all.length + 5; bytes++) {
        assertThat(scan.head(level, bytes))
            .isEqualTo(Arrays.copyOf(all, Math.min(bytes, all.length)));
      }
      assertThat(clean.head(level, 4)).asString().isEqualTo("[\"no");
      assertThat(clean.maskedBytes(level)).isEqualTo(11);
    }
  }

  @Test
  void aBrokenEscapeIsFoundWhereverItStands() {
    String sound = "{\\\"a\\\": \\\"b\\\"}".repeat(60);
    for (int at = 0; at <= sound.length(); at++) {
      if (at > 0 && sound.charAt(at - 1) == '\\') {
        continue;
      }
      String broken = "[\"" + sound.substring(0, at) + "\\x" + sound.substring(at) + "\"]";
      assertThatThrownBy(() -> MASKER.scan(Json.text(broken)))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("(at byte " + (at + 2) + ")");
    }
  }

  private static String text(int rows) {
    return new String(Json.of(rows(rows)).utf8(), StandardCharsets.UTF_8);
  }

  private static List<Object> rows(int count) {
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("email", "anna.b" + i + "@example.com");
      row.put(
          "note \"" + i % 3 + "\"", "one\\two\n\t" + (i % 5 == 0 ? "\u00fcber \u0001" : "under"));
      row.put("phone", "+43 660 1" + (100_000 + i));
      rows.add(row);
    }
    return rows;
  }
}
