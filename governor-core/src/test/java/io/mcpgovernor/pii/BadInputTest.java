package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no JSON, or hardly any: it is refused as JSON with an error that says so, and masked as
 * text. It is never released without having been looked at.
 */
class BadInputTest {
  private static final String PII = "bob@example.com, 123-45-6789";
  private static final int DEPTH = 10_000;
  private static final int HUGE_BYTES = 100 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "]",
        "{\"note\":\"%s\"",
        "{\"note\":\"%s}",
        "{\"note\":\"%s\"}}",
        "[\"%s\"],",
        "[\"%s\"}",
        "{\"note\":\"%s\",}",
        "{note:\"%s\"}",
        "{'note':'%s'}",
        "[NaN,\"%s\"]",
        "[Infinity,-Infinity,\"%s\"]",
        "[01,\"%s\"]",
        "[+1,\"%s\"]",
        "[.5,\"%s\"]",
        "[True,\"%s\"]",
        "[\"%s\\x\"]",
        "[\"%s\\u12\"]",
        "[\"%s\n\"]",
        "[\"%s\"] // \"%s\"",
        "\ufeff[\"%s\"]",
        "\"%s\" \"%s\"",
      })
  void whatIsNoJsonIsRefusedAsJsonAndMaskedAsText(String broken) {
    byte[] bytes = broken.replace("%s", PII).getBytes(UTF_8);

    assertRefused(bytes);
    assertThat(masked(bytes)).isEqualTo(broken.replace("%s", "***@***.com, ***-**-6789"));
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedAsJsonAndKeptAsTextWithWhatStandsBetweenThemMasked() {
    for (String broken :
        List.of(
            "\u00ff",
            "\u00c0\u0080",
            "\u00e2\u0082",
            "\u00ed\u00a0\u0080",
            "\u00f5\u0080\u0080\u0080")) {
      byte[] json = ("[\"" + broken + PII + broken + " \"]").getBytes(ISO_8859_1);

      assertRefused(json);
      assertThat(Masker.standard().scanText(json).masked(Sensitivity.STRICT))
          .isEqualTo(
              ("[\"" + broken + "***@***.com, ***-**-****" + broken + " \"]").getBytes(ISO_8859_1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void whatIsNestedTooDeepIsRefusedAsJsonAndMaskedAsText(String open) {
    String deep = open.repeat(DEPTH) + "\"" + PII + "\"";
    StringBuilder closed = new StringBuilder(deep);
    for (int i = 0; i < DEPTH; i++) {
      closed.append(
          new StringBuilder(open.replaceAll("[^{\\[]", ""))
              .reverse()
              .toString()
              .replace('{', '}')
              .replace('[', ']'));
    }
    for (String json : List.of(deep, closed.toString(), deep + "]".repeat(DEPTH))) {
      assertRefused(json.getBytes(UTF_8));
      assertThat(masked(json.getBytes(UTF_8)))
          .isEqualTo(json.replace(PII, "***@***.com, ***-**-6789"));
      String inString = "[\"" + json.replace("\"", "\\\"") + "\"]";
      assertThat(
              new String(
                  Masker.standard().mask(inString.getBytes(UTF_8), Sensitivity.STANDARD), UTF_8))
          .isEqualTo(inString.replace(PII, "***@***.com, ***-**-6789"));
    }
  }

  @Test
  void aStringOfAHundredMebibytesIsLookedAtToItsEnd() {
    byte[] json = new byte[HUGE_BYTES];
    Arrays.fill(json, (byte) 'a');
    byte[] words = "The order was shipped today and will arrive soon. ".getBytes(UTF_8);
    for (int i = 2; i + words.length < json.length; i += words.length) {
      System.arraycopy(words, 0, json, i, words.length);
    }
    byte[] end = (" " + PII + "\"]").getBytes(UTF_8);
    System.arraycopy(end, 0, json, json.length - end.length, end.length);
    json[0] = '[';
    json[1] = '"';

    byte[] masked = Masker.standard().mask(json, Sensitivity.STRICT);

    byte[] tail = " ***@***.com, ***-**-****\"]".getBytes(UTF_8);
    assertThat(Arrays.copyOfRange(masked, masked.length - tail.length, masked.length))
        .isEqualTo(tail);
    int same = json.length - end.length;
    assertThat(Arrays.equals(json, 0, same, masked, 0, same)).isTrue();
  }

  @Test
  void numbersThatJsonDoesNotHaveAreRefusedInTrees() {
    for (Object number : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NaN)) {
      assertThatThrownBy(
              () -> Masker.standard().maskTree(Map.of("n", number), Sensitivity.STANDARD))
          .isInstanceOf(MalformedJsonException.class);
    }
  }

  @Test
  void halvesOfCharactersHideNothing() {
    byte[] json = ("[\"\\ud800" + PII + "\\udc00\",\"\\udc00\\ud800\"]").getBytes(UTF_8);

    assertThat(new String(Masker.standard().mask(json, Sensitivity.STANDARD), UTF_8))
        .isEqualTo("[\"\\ud800***@***.com, ***-**-6789\\udc00\",\"\\udc00\\ud800\"]");
    assertThat(Masker.standard().mask("\ud800 " + PII, Sensitivity.STRICT))
        .isEqualTo("? ***@***.com, ***-**-****");
  }

  @Test
  void aKeyThatStandsTwiceIsMaskedTwiceBecauseAReaderMayTakeEither() {
    String json = "{\"ssn\":\"123456789\",\"ssn\":\"987654321\",\"a@b.co\":1,\"a@b.co\":2}";

    String masked =
        new String(Masker.standard().mask(json.getBytes(UTF_8), Sensitivity.STRICT), UTF_8);

    assertThat(masked).startsWith("{\"ssn\":\"***-**-****\",\"ssn\":\"***-**-****\",\"***@***.com");
    assertThat(masked).doesNotContain("a@b.co");
    Map<String, Object> twice = new HashMap<>();
    twice.put("note", PII);
    assertThat(Masker.standard().maskTree(twice, Sensitivity.STRICT))
        .isEqualTo(Map.of("note", "***@***.com, ***-**-****"));
  }

  private static void assertRefused(byte[] json) {
    assertThatThrownBy(() -> Masker.standard().mask(json, Sensitivity.STANDARD))
        .isInstanceOf(MalformedJsonException.class)
        .message()
        .isNotBlank()
        .doesNotContain("bob");
    assertThatThrownBy(() -> Masker.standard().scan(Json.utf8(json)))
        .isInstanceOf(MalformedJsonException.class);
  }

  private static String masked(byte[] text) {
    return new String(Masker.standard().scanText(text).masked(Sensitivity.STANDARD), UTF_8);
  }
}
