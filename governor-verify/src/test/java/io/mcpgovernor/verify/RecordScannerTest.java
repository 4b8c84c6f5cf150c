package io.mcpgovernor.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is a JSON object and what is not. */
final class RecordScannerTest {
  private final RecordScanner scanner = new RecordScanner();

  private @Nullable String problem(byte[] line) {
    try {
      scanner.scan(line, 0, line.length);
      return null;
    } catch (BadRecordException e) {
      return e.reason();
    }
  }

  private @Nullable String problem(String value) {
    return problem(("{\"timestamp\":" + value + "}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatRfc8259AllowsIsAllowed() {
    for (String value :
        List.of(
            "0",
            "-0",
            "-1.5e+10",
            "1E5",
            "0.25",
            "true",
            "false",
            "null",
            "\"\"",
            "[]",
            "{}",
            "[ 1 , [ ] , { } ]",
            "{\"a\":1,\"a\":2}",
            "{ \"\\u0061\" : [ {\"b\":[[]]} ] }",
            "\"\\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e4 \\ud83d\"",
            "\"\u00e4\u20ac\uD83D\uDE00\u007f\"",
            " \t1\r ",
            "\"12345678901234567890\"",
            "1,\"b\":2 ")) {
      assertThat(problem(value)).as(value).isNull();
    }
  }

  @Test
  void whatRfc8259ForbidsIsForbidden() {
    for (String value :
        List.of(
            "",
            "01",
            "-",
            "+1",
            "1.",
            ".5",
            "1e",
            "1e+",
            "0x1",
            "NaN",
            "tru",
            "True",
            "nul",
            "'a'",
            "\"a",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\t\"",
            "\"\u0000\"",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1",
            "[}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "{,}",
            "{\"a\":1]",
            "1}",
            "1,",
            "1,2",
            "1,\"a\"",
            "1 \"a\":1",
            "\f1",
            "\u00a01",
            "1,\"timestamp\":2",
            "1,\"a\":1,\"a\":2",
            "1,\"\\u0061\":1",
            "1}{")) {
      assertThat(problem(value)).as(value).startsWith("the line ");
    }
    assertThat(problem("1,\"seq\":1,\"b\":0,\"seq\":2")).contains("a field twice");
    assertThat(problem("{}".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(problem("{\"a\":1}".getBytes(StandardCharsets.UTF_8))).contains("timestamp");
    assertThat(problem("[]".getBytes(StandardCharsets.UTF_8))).contains("no JSON object");
    assertThat(problem(new byte[0])).contains("ends too early");
  }

  @Test
  void ofBytesOnlyUtf8IsAllowedExactlyAsTheJdkReadsIt() {
    Random random = new Random(1);
    byte[] letters = {0x41, (byte) 0x80, (byte) 0x9f, (byte) 0xa0, (byte) 0xbf, (byte) 0xc1};
    byte[] leads = {
      (byte) 0xc2,
      (byte) 0xdf,
      (byte) 0xe0,
      (byte) 0xe1,
      (byte) 0xed,
      (byte) 0xef,
      (byte) 0xf0,
      (byte) 0xf3,
      (byte) 0xf4,
      (byte) 0xf5,
      (byte) 0xff
    };
    int right = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[1 + random.nextInt(12)];
      for (int j = 0; j < text.length; j++) {
        text[j] =
            random.nextInt(3) == 0
                ? leads[random.nextInt(leads.length)]
                : letters[random.nextInt(letters.length)];
      }
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      line.writeBytes("{\"timestamp\":\"".getBytes(StandardCharsets.UTF_8));
      line.writeBytes(text);
      line.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
      boolean isRight = isUtf8(text);
      right += isRight ? 1 : 0;
      assertThat(problem(line.toByteArray()) == null).as(Hex.text(text)).isEqualTo(isRight);
    }
    assertThat(right).isGreaterThan(1_000);
  }

  private static boolean isUtf8(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void everyBeginningOfALineIsTakenForOne() {
    String line =
        new WrittenLog(new SigningKey(WrittenLog.ORIGIN))
            .attempt("\u00e4\u20ac\uD83D\uDE00\\u00e4")
            .checkpoint()
            .lines()
            .get(0);
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      try {
        scanner.scan(bytes, 0, length);
        assertThat(length).isEqualTo(bytes.length);
      } catch (BadRecordException e) {
        assertThat(e.isCutShort()).as("%d: %s", length, e.reason()).isTrue();
      }
    }
  }
}
