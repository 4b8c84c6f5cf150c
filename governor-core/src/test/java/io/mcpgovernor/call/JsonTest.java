package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void whatIsWrittenReadsBackAsTheSameTree() {
    RandomTrees trees = new RandomTrees(20260101);
    for (int i = 0; i < 5_000; i++) {
      Object tree = trees.next(6);
      byte[] written = Json.of(tree).utf8();
      Object read = Json.utf8(written).tree();
      assertThat(read).isEqualTo(tree);
      assertThat(Json.of(read).utf8()).isEqualTo(written);
    }
  }

  @Test
  void numbersStayExactInBothDirections() {
    for (String number :
        List.of(
            "0",
            "-1",
            "1.10",
            "0.1000",
            "12345678901234567890",
            "-9223372036854775809",
            "1E+400",
            "1E-400",
            "123456789012345678901234567890.123456789")) {
      Object tree = Json.text("[" + number + "]").tree();
      assertThat(Json.of(tree)).extracting(json -> text(json)).isEqualTo("[" + number + "]");
    }
    assertThat(Json.text("1").tree()).isEqualTo(1);
    assertThat(Json.text("2147483648").tree()).isEqualTo(2147483648L);
    assertThat(Json.text("12345678901234567890").tree())
        .isEqualTo(new BigInteger("12345678901234567890"));
    assertThat(Json.text("1e400").tree()).isEqualTo(new BigDecimal("1e400"));
    assertThat(Json.text("1.0").tree()).isEqualTo(new BigDecimal("1.0"));
  }

  @Test
  void bytesAreNotReadBeforeSomebodyAsksForTheTree() {
    byte[] malformed = {'{'};
    Json json = Json.utf8(malformed);
    assertThat(json.utf8()).isSameAs(malformed);
    assertThatThrownBy(json::tree).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(json::isNull).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void treesMadeFromBytesCannotBeChanged() {
    Map<String, Object> object = Json.text("{\"a\":[1]}").object();
    assertThatThrownBy(() -> object.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<?>) object.get("a")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void onlyAnObjectHasMembers() {
    assertThat(Json.EMPTY_OBJECT.object()).isEmpty();
    for (String other : List.of("[]", "1", "\"{}\"", "null", "true")) {
      assertThatThrownBy(() -> Json.text(other).object())
          .isInstanceOf(MalformedJsonException.class)
          .hasMessage("must be a JSON object");
    }
  }

  @Test
  void nullIsNullInBothForms() {
    assertThat(Json.NULL.isNull()).isTrue();
    assertThat(Json.text(" null ").isNull()).isTrue();
    assertThat(text(Json.of(null))).isEqualTo("null");
    assertThat(Json.text("\"null\"").isNull()).isFalse();
  }

  @Test
  void toStringTellsTheSizeAndNeverTheData() {
    Json json = Json.of(Map.of("ssn", "123-45-6789"));
    assertThat(json.toString()).isEqualTo("Json[tree]");
    json.utf8();
    assertThat(json.toString()).isEqualTo("Json[21 bytes]");
    assertThat(Json.text("\"secret\"").toString()).doesNotContain("secret");
  }

  @Test
  void aLenientValueIsReadWhereAStrictOneIsRefused() {
    String deep = "[".repeat(257) + "]".repeat(257);
    String repeated = "{\"a\":1,\"a\":2}";
    String huge = "{\"n\":" + "7".repeat(2_000) + ",\"e\":1e99999999999}";
    for (String text : List.of(deep, repeated, huge)) {
      assertThatThrownBy(() -> Json.text(text).tree()).isInstanceOf(MalformedJsonException.class);
    }
    assertThat(lenient(deep).tree()).isInstanceOf(List.class);
    assertThat(lenient(repeated).object()).containsEntry("a", 2);
    assertThat(lenient(huge).object())
        .containsEntry("n", "7".repeat(2_000))
        .containsEntry("e", "1e99999999999");
    assertThatThrownBy(() -> lenient("[" + deep + "]").tree())
        .isInstanceOf(MalformedJsonException.class);
  }

  private static Json lenient(String text) {
    return Json.lenient(Json.text(text).utf8());
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }
}
