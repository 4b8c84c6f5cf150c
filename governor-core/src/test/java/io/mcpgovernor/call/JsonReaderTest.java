package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReaderTest {

  @Test
  void whatIsNotExactlyOneJsonTextIsRefused() {
    for (String text :
        List.of(
            "",
            "  ",
            "{",
            "[1",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "[1,]",
            "{\"a\":1,}",
            "[,1]",
            "{a:1}",
            "{'a':1}",
            "01",
            "+1",
            ".5",
            "1.",
            "1e",
            "NaN",
            "Infinity",
            "-",
            "nul",
            "truex",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\u0001\"",
            "\"a\nb\"",
            "1 2",
            "{}{}",
            "[] x",
            "//x\n1",
            "/*x*/1",
            "#x\n1",
            "\u00a01",
            "]",
            "}",
            "1e99999999999",
            "0.0e-99999999999")) {
      assertThatThrownBy(() -> read(text))
          .as("<%s>", text)
          .isInstanceOf(MalformedJsonException.class);
    }
  }

  @Test
  void aKeyTwiceInOneObjectIsRefusedHoweverItIsWritten() {
    for (String text :
        List.of(
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"\\u0061\":2}",
            "[{\"x\":{\"\":null,\"b\":0,\"\":null}}]")) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("same key twice");
    }
    assertThat(read("{\"a\":{\"a\":1},\"A\":[{\"a\":2}]}")).isNotNull();
  }

  @Test
  void depth256IsReadAnd257IsTooDeep() {
    for (String[] brackets : new String[][] {{"[", "]"}, {"{\"a\":", "}"}}) {
      String inner = brackets[0].equals("[") ? "" : "1";
      assertThat(read(brackets[0].repeat(256) + inner + brackets[1].repeat(256))).isNotNull();
      for (int depth : new int[] {257, 100_000}) {
        MalformedJsonException refused =
            catchThrowableOfType(
                MalformedJsonException.class,
                () -> read(brackets[0].repeat(depth) + inner + brackets[1].repeat(depth)));
        assertThat(refused.isTooDeep()).isTrue();
      }
    }
  }

  @Test
  void onlyUtf8IsRead() {
    for (Charset other :
        List.of(
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16,
            Charset.forName("UTF-32BE"),
            Charset.forName("UTF-32LE"))) {
      for (String text : List.of("1", "{\"tenant_id\":\"acme\"}", "[\"ä\"]")) {
        refusedAsNotUtf8(text.getBytes(other));
      }
    }
    refusedAsNotUtf8("\ufeff{}".getBytes(StandardCharsets.UTF_8));
    int[][] illFormed = {
      {0xc1, 0xa1}, // overlong a
      {0xe0, 0x81, 0xa1},
      {0xf0, 0x80, 0x81, 0xa1},
      {0xed, 0xa0, 0x80}, // a surrogate
      {0xf4, 0x90, 0x80, 0x80}, // above U+10FFFF
      {0xf7, 0xbf, 0xbf, 0xbf},
      {0xe9}, // Latin-1
      {0x80},
      {0xc3}
    };
    for (int[] sequence : illFormed) {
      for (int ascii : new int[] {1, 5_000}) { // before and after the decoder's first buffer
        byte[] text = ("\"" + "é".repeat(ascii) + "\"").getBytes(StandardCharsets.UTF_8);
        byte[] spoilt = Arrays.copyOf(text, text.length + sequence.length);
        for (int i = 0; i < sequence.length; i++) {
          spoilt[text.length - 1 + i] = (byte) sequence[i];
        }
        spoilt[spoilt.length - 1] = '"';
        refusedAsNotUtf8(spoilt);
      }
    }
    refusedAsNotUtf8(new byte[] {'"', (byte) 0xf0, (byte) 0x9f});
  }

  @Test
  void longTextBeyondAsciiIsReadWhole() {
    String text = "日本語👩‍👩‍👧ä".repeat(10_000);
    assertThat(read("\"" + text + "\"")).isEqualTo(text);
  }

  @Test
  void aNumberHasAtMostAThousandCharacters() {
    assertThat(read("7".repeat(1_000))).isNotNull();
    assertThatThrownBy(() -> read("7".repeat(1_001)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("1000 characters");
    assertThatThrownBy(() -> read("0." + "7".repeat(1_000)))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void messagesTellThePlaceAndNeverTheData() {
    for (String text :
        List.of(
            "{\"ssn\":\"123-45-6789\" \"x\":1}",
            "[6789, secret]",
            "{\"6789\":1,\"6789\":2}",
            "6789e99999999999",
            "6789".repeat(300),
            "\"6789\u0001\"")) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(MalformedJsonException.class)
          .hasNoCause()
          .message()
          .doesNotContain("6789")
          .doesNotContain("secret");
    }
    assertThatThrownBy(() -> read("[1, x]")).hasMessageContaining("at byte 4");
  }

  private static void refusedAsNotUtf8(byte[] text) {
    assertThatThrownBy(() -> JsonReader.read(text, false))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("is not UTF-8");
  }

  private static Object read(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), false);
  }
}
