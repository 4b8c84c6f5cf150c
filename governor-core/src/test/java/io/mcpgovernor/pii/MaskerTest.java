package io.mcpgovernor.pii;

import static io.mcpgovernor.pii.Sensitivity.STANDARD;
import static io.mcpgovernor.pii.Sensitivity.STRICT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {
  private static final Masker MASKER = Masker.standard();

  private static Scan scan(String json) {
    return MASKER.scan(Json.text(json));
  }

  private static String masked(String json, Sensitivity level) {
    return new String(scan(json).masked(level).utf8(), UTF_8);
  }

  @Test
  void aCustomerRecordIsMaskedAtBothLevelsFromOneScan() {
    Scan scan =
        scan(
            """
            {"name": "John Doe", "email": "customer@example.com", "phone": "(555) 123-4567",
             "ssn": "123-45-6789", "card": "1234-5678-9012-3456"}\
            """);
    assertThat(new String(scan.masked(STANDARD).utf8(), UTF_8))
        .isEqualTo(
            """
            {"name": "John Doe", "email": "***@***.com", "phone": "(***) ***-4567",
             "ssn": "***-**-6789", "card": "****-****-****-3456"}\
            """);
    assertThat(new String(scan.masked(STRICT).utf8(), UTF_8))
        .isEqualTo(
            """
            {"name": "John Doe", "email": "***@***.com", "phone": "(***) ***-****",
             "ssn": "***-**-****", "card": "****-****-****-****"}\
            """);
    assertThat(scan.counts()).isEqualTo(Map.of("email", 1, "phone", 1, "ssn", 1, "card", 1));
    assertThat(scan.pointers()).containsExactly("/email", "/phone", "/ssn", "/card");
    assertThat(scan.toString()).doesNotContain("Doe");
  }

  @Test
  void aCleanValueComesBackAsTheVerySameObject() {
    Json clean =
        Json.text(" { \"id\" : 17, \"t\":\"\\u00e9 2024-11-22\", \"x\":[null,true,1.50] } ");
    Scan scan = MASKER.scan(clean);
    assertThat(scan.isClean()).isTrue();
    assertThat(scan.masked(STANDARD)).isSameAs(clean);
    assertThat(scan.masked(STRICT)).isSameAs(clean);
    assertThat(scan.counts()).isEmpty();
    assertThat(scan.pointers()).isEmpty();
  }

  @Test
  void everythingOutsideOfWhatWasFoundStaysByteForByte() {
    assertThat(
            masked(
                " {\t\"a\" : 1.50e+2 ,\"a\":\"\\/\\u0041 bob@x.com \\ud83d\\ude00é\" }\n",
                STANDARD))
        .isEqualTo(" {\t\"a\" : 1.50e+2 ,\"a\":\"\\/\\u0041 ***@***.com \\ud83d\\ude00é\" }\n");
  }

  @Test
  void piiWrittenWithEscapesIsFound() {
    assertThat(masked("[\"bob\\u0040x.com\\n555\\u002d123-4567\\t\\ud83d\\ude00 x\"]", STRICT))
        .isEqualTo("[\"***@***.com\\n(***) ***-****\\t\\ud83d\\ude00 x\"]");
  }

  @Test
  void aMaskedNumberBecomesAString() {
    assertThat(masked("{\"ssn\": 123456789, \"phone\":[5551234567 ,1]}", STANDARD))
        .isEqualTo("{\"ssn\": \"***-**-6789\", \"phone\":[\"******4567\" ,1]}");
  }

  @Test
  void repeatedKeysAreMaskedEachTime() {
    assertThat(masked("{\"a\":\"a@b.cc\",\"a\":\"c@d.ee\"}", STANDARD))
        .isEqualTo("{\"a\":\"***@***.com\",\"a\":\"***@***.com\"}");
  }

  @Test
  void keysThatMaskAlikeAreKeptApart() {
    assertThat(masked("{\"a@b.cc\":1,\"c@d.ee\":{\"e@f.gg\":2},\"x\":3}", STANDARD))
        .isEqualTo("{\"***@***.com\":1,\"***@***.com#2\":{\"***@***.com\":2},\"x\":3}");
  }

  @Test
  void aKeyThatWasNoPiiKeepsItsNameWhereverItStands() {
    assertThat(masked("{\"a@b.cc\":1,\"***\\u0040***.com\":2,\"***@***.com#2\":3}", STANDARD))
        .isEqualTo("{\"***@***.com#3\":1,\"***\\u0040***.com\":2,\"***@***.com#2\":3}");
  }

  @Test
  void keysAreNumberedForEachLevelApart() {
    String json = "{\"123-45-6789\":1,\"123-45-0000\":2}";
    assertThat(masked(json, STANDARD)).isEqualTo("{\"***-**-6789\":1,\"***-**-0000\":2}");
    assertThat(masked(json, STRICT)).isEqualTo("{\"***-**-****\":1,\"***-**-****#2\":2}");
    assertThat(scan(json).pointers()).containsExactly("/***-**-****", "/***-**-****#2");
  }

  @Test
  void jsonInsideTextIsMaskedAsJson() {
    assertThat(
            masked(
                "{\"t\":\""
                    + " {\\\"ssn\\\":123456789,\\\"n\\\":\\\"{\\\\\\\"phone\\\\\\\":5551234567}\\\"}\"}",
                STANDARD))
        .isEqualTo(
            "{\"t\":\" {\\\"ssn\\\":\\\"***-**-6789\\\",\\\"n\\\":\\\"{\\\\\\\"phone\\\\\\\":"
                + "\\\\\\\"******4567\\\\\\\"}\\\"}\"}");
    assertThat(masked("{\"phone\":\"[5551234567]\"}", STANDARD))
        .isEqualTo("{\"phone\":\"[\\\"******4567\\\"]\"}");
    assertThat(masked("[\"{\\\"a@b.cc\\\":1,\\\"c@d.ee\\\":2}\"]", STANDARD))
        .isEqualTo("[\"{\\\"***@***.com\\\":1,\\\"***@***.com#2\\\":2}\"]");
    assertThat(MASKER.mask("{\"ssn\":123456789}", STANDARD)).isEqualTo("{\"ssn\":\"***-**-6789\"}");
  }

  @Test
  void whatOnlyLooksLikeJsonIsScannedAsText() {
    assertThat(masked("{\"t\":\"{\\\"a@b.cc\\\":1, ssn 123456789}\"}", STANDARD))
        .isEqualTo("{\"t\":\"{\\\"***@***.com\\\":1, ssn ***-**-6789}\"}");
    assertThat(masked("{\"t\":\"{\\\"a@b.cc\\\":\"}", STANDARD))
        .isEqualTo("{\"t\":\"{\\\"***@***.com\\\":\"}");
  }

  @Test
  void jsonNestedDeeperThanItIsWalkedIsScannedAsText() {
    String json = "{\"mail\":\"bob@x.com\"}";
    for (int i = 0; i < 2 * JsonScanner.NESTING_MAX; i++) {
      json = new String(Json.of(List.of(json)).utf8(), UTF_8);
    }
    assertThat(masked(json, STRICT)).isEqualTo(json.replace("bob@x.com", "***@***.com"));
  }

  @Test
  void pointersAreEscapedDistinctAndAtMostAHundred() {
    assertThat(scan("{\"a/b~c\":[\"x\",[\"a@b.cc d@e.ff\"],{\"\":\"a@b.cc\"}]}").pointers())
        .containsExactly("/a~1b~0c/1/0", "/a~1b~0c/2/");
    assertThat(scan("\"a@b.cc\"").pointers()).containsExactly("");
    Scan many = MASKER.scan(Json.of(Collections.nCopies(1_000, "a@b.cc")));
    assertThat(many.pointers()).hasSize(Scan.POINTERS_MAX).contains("/0", "/99");
    assertThat(many.counts()).isEqualTo(Map.of("email", 1_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "[1 2]",
        "1 2",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "nul",
        "truefalse",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "'a'",
        "]",
        "[}",
        "{]",
        "\u00a01",
        "\ufeff1",
        "[1]//",
        "NaN"
      })
  void whatIsNotJsonIsNotReleased(String text) {
    assertThatThrownBy(() -> scan(text)).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void malformedUtf8IsNotReleasedAndNotQuoted() {
    byte[][] malformed = {
      {'"', (byte) 0xc0, (byte) 0x80, '"'},
      {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
      {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
      {'"', (byte) 0xe2, (byte) 0x82, '"'},
      {'"', (byte) 0x80, '"'},
      "[\"bob@x.com\" oops]".getBytes(UTF_8),
    };
    for (byte[] bytes : malformed) {
      assertThatThrownBy(() -> MASKER.scan(Json.utf8(bytes)))
          .isInstanceOf(MalformedJsonException.class)
          .message()
          .doesNotContain("bob", "oops");
    }
  }

  @Test
  void nestingIsBoundedAsForAllJson() {
    String deep = "[".repeat(Json.DEPTH_MAX) + "\"a@b.cc\"" + "]".repeat(Json.DEPTH_MAX);
    assertThat(masked(deep, STRICT)).contains("[\"***@***.com\"]");
    assertThatThrownBy(() -> scan("[" + deep + "]")).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void longRunsOfFindingsAreAllMasked() {
    String many = "a@b.cc,".repeat(Findings.FINDINGS_MAX + 5_000);
    assertThat(MASKER.mask(many, STRICT)).doesNotContain("a@b.cc");
  }

  @Test
  void aDetectorOfOnesOwnWorksBesideTheBuiltInOne() {
    Kind badge = Kind.custom("badge", (text, level) -> "\"B\"" + (level == STRICT ? "" : text));
    PiiDetector badges =
        (text, findings) -> {
          int at = text.value().indexOf("#7");
          if (at >= 0 && text.field() != null && text.field().name().equals("note")) {
            findings.add(text.from() + at, text.from() + at + 2, badge);
          }
        };
    Masker masker = new Masker(MaskRules.builder().detector(badges).build());
    Scan scan = masker.scan(Json.text("{\"note\":\"#7 a@b.cc\",\"other\":\"#7\",\"#7\":1}"));
    assertThat(new String(scan.masked(STRICT).utf8(), UTF_8))
        .isEqualTo("{\"note\":\"\\\"B\\\" ***@***.com\",\"other\":\"#7\",\"#7\":1}");
    assertThat(new String(scan.masked(STANDARD).utf8(), UTF_8))
        .contains("\"\\\"B\\\"#7 ***@***.com\"");
    assertThat(scan.counts()).isEqualTo(Map.of("badge", 1, "email", 1));
  }

  @Test
  void overlappingFindingsBecomeOneOfTheKindOfTheLongest() {
    Kind all = Kind.custom("all", (text, level) -> "[" + text.length() + "]");
    PiiDetector greedy =
        (text, findings) -> {
          findings.add(text.from() + 2, text.to(), all);
          findings.add(text.from(), text.from() + 3, Kinds.SSN);
        };
    assertThat(new Masker(MaskRules.builder().detector(greedy).build()).mask("abcdefgh", STRICT))
        .isEqualTo("[8]");
  }

  @Test
  void aDetectorThatCutsACharacterTakesAllOfIt() {
    PiiDetector cuts =
        (text, findings) -> findings.add(text.from() + 2, text.from() + 3, Kinds.SSN);
    assertThat(new Masker(MaskRules.builder().detector(cuts).build()).mask("aéb", STRICT))
        .isEqualTo("a***-**-****b");
  }

  @Test
  void aDetectorThatPointsOutsideItsTextOrFailsWithholdsTheValue() {
    PiiDetector outside = (text, findings) -> findings.add(text.from(), text.to() + 1, Kinds.SSN);
    assertThatThrownBy(
            () -> new Masker(MaskRules.builder().detector(outside).build()).mask("a", STRICT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTextWithoutPiiComesBackAsTheVerySameString() {
    String text = "tool failed: \ud800 no such order 17";
    assertThat(MASKER.mask(text, STRICT)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "***@***.com",
        "write to **\"***@***.com\"** today",
        "*****@***.com**",
        "ssn: ***-**-6789",
        "***-**-****",
        "(***) ***-4567",
        "**(***) ***-****",
        "+* (***) ***-4567",
        "****-****-****-3456",
        "x ****-****-****-****.",
        "******4567",
        "**********",
        " +** ** **** 0958 ",
        "+** ** **** ****",
        "***-1234",
        "{\"phone\":\"******4567\"}"
      })
  void aMaskInAnArgumentIsRecognised(String text) {
    assertThat(MASKER.holdsMask(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "**bold** and ***both***",
        "***",
        "* * *",
        "* * * * * * *",
        "* one\n* two",
        "**Phone:** **555-123-4567**",
        "/*** doc ***/",
        "a ** b ** c",
        "2 * 3 * 4 = 24",
        "john@example.com 123-45-6789",
        "***@***",
        "***-**-678x",
        "*.com *@*.com"
      })
  void markdownAndPlainTextAreNoMasks(String text) {
    assertThat(MASKER.holdsMask(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "555-123-4567",
    "(555) 123-4567",
    "5551234567",
    "+44 20 7946 0958",
    "555.123.4567",
    "555-1234"
  })
  void everyMaskThatMaskingWritesIsRecognised(String phone) {
    for (Sensitivity level : Sensitivity.values()) {
      assertThat(MASKER.holdsMask(Kinds.PHONE.mask(phone, level))).isTrue();
    }
  }
}
