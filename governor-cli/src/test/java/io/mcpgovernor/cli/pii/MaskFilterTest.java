package io.mcpgovernor.cli.pii;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFilterTest {
  private static final String CANARY = "canary@example.com";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private static MaskFilter filter(int lineBytesMax) {
    return new MaskFilter(Masker.standard(), Sensitivity.STANDARD, lineBytesMax);
  }

  private byte[] masked(Form form, byte[] input, int chunk) throws IOException {
    written.reset();
    filter(256 << 20).run(form, inChunks(input, chunk), Output.to(written));
    return written.toByteArray();
  }

  private String masked(Form form, String input) throws IOException {
    return new String(masked(form, input.getBytes(UTF_8), 1 << 16), UTF_8);
  }

  /** Hands out no more than so many bytes at a time, as a pipe may. */
  private static InputStream inChunks(byte[] input, int chunk) {
    return new FilterInputStream(new ByteArrayInputStream(input)) {
      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        return super.read(target, from, Math.min(length, chunk));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 65_536})
  void howInputIsCutUpByAPipeChangesNothing(int chunk) throws IOException {
    StringBuilder text = new StringBuilder("name,phone\n");
    for (int i = 0; text.length() < 12 * TextBlocks.BYTES_ENOUGH + 1_000; i++) {
      text.append("somebody").append(i).append(",555-123-").append(1_000 + i % 9_000).append("\n");
    }
    byte[] input = text.toString().getBytes(UTF_8);

    byte[] output = masked(Form.TEXT, input, chunk);

    assertThat(new String(output, UTF_8))
        .isEqualTo(text.toString().replace("555-123-", "(***) ***-"));
  }

  @Test
  void aLineOfContextIsReadWithTheNextBlockAndNotWrittenTwice() throws IOException {
    String filler = "nothing to see here\n".repeat(TextBlocks.BYTES_ENOUGH / 20);
    String input = filler + "Mail\n" + CANARY + "\r\nend";

    assertThat(masked(Form.TEXT, input)).isEqualTo(filler + "Mail\n***@***.com\r\nend");
  }

  @Test
  void aBlockEndsAtABlankLineButNotWithinAKey() throws IOException {
    String filler = "x".repeat(99) + "\n";
    String first = filler.repeat(TextBlocks.BYTES_MIN / 100 + 1);
    String key = "-----BEGIN KEY-----\n\nAAAA\n\n-----END KEY-----\n";
    String input = first + key + "\nnext\n";
    TextBlocks blocks = new TextBlocks(new Lines(inChunks(input.getBytes(UTF_8), 7), 1_000));

    TextBlocks.Block block = blocks.next();
    assertThat(new String(block.lines(), UTF_8)).isEqualTo(first + key + "\n");
    block = blocks.next();
    assertThat(new String(block.lines(), UTF_8)).isEqualTo("next\n");
    assertThat(block.context()).isEmpty();
    assertThat(blocks.next()).isNull();
  }

  @Test
  void bytesThatAreNoUtf8PassUnchangedAroundAMask() throws IOException {
    byte[] input =
        ("\u00ff\u00c0 " + CANARY + " \u0080\u0000\r\n\u00ed\u00a0\u0080").getBytes(ISO_8859_1);

    for (Form form : new Form[] {Form.TEXT, Form.JSONL}) {
      assertThat(new String(masked(form, input, 7), ISO_8859_1))
          .isEqualTo("\u00ff\u00c0 ***@***.com \u0080\u0000\r\n\u00ed\u00a0\u0080");
    }
  }

  @Test
  void aLineGivesOneLineWhateverItHolds() throws IOException {
    Random random = new Random(20_261_122);
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      "\"",
      ":",
      ",",
      "\\n",
      "\\u000a",
      "\r",
      " ",
      " " + CANARY + " ",
      "555-123-4567",
      "{\"ssn\":\"123-45-6789\"}",
      "NaN",
      "\\ud800",
      "\u2028",
      "phone",
      "null",
      "1e5",
      "\\"
    };
    for (int round = 0; round < 300; round++) {
      StringBuilder input = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        input.append(random.nextInt(6) == 0 ? "\n" : pieces[random.nextInt(pieces.length)]);
      }
      String output = masked(Form.JSONL, input.toString());
      assertThat(output).doesNotContain(CANARY);
      assertThat(lineEnds(output)).as(input.toString()).isEqualTo(lineEnds(input.toString()));
      assertThat(output.endsWith("\n")).isEqualTo(input.toString().endsWith("\n"));
    }
  }

  private static long lineEnds(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  @Test
  void jsonLinesKeepTheirEndsAndWhatIsNoJsonIsMaskedAsText() throws IOException {
    String deep = "[".repeat(10_000) + "\"" + CANARY + "\"" + "]".repeat(10_000);

    assertThat(
            masked(
                Form.JSONL,
                "{\"a\":\""
                    + CANARY
                    + "\"}\r\n\r\n{\"a\":NaN,\"b\":\""
                    + CANARY
                    + "\"}\n"
                    + "{\"a\":1,\"a\":\""
                    + CANARY
                    + "\"}\n[\"\\ud800 "
                    + CANARY
                    + "\"]\n"
                    + deep))
        .isEqualTo(
            "{\"a\":\"***@***.com\"}\r\n\r\n{\"a\":NaN,\"b\":\"***@***.com\"}\n"
                + "{\"a\":1,\"a\":\"***@***.com\"}\n[\"\\ud800 ***@***.com\"]\n"
                + deep.replace(CANARY, "***@***.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "{\"a\":NaN}", "{\"a\":\"canary@example.com\"} {}", "[1,"})
  void whatIsNotOneJsonValueGivesNoOutput(String input) {
    assertThatThrownBy(() -> masked(Form.JSON, input))
        .isInstanceOf(RefusedInput.class)
        .hasMessageContaining("at byte")
        .hasMessageNotContaining("canary");
    assertThat(written.size()).isZero();
  }

  @Test
  void jsonNestedTooDeepOrNotUtf8GivesNoOutput() {
    assertThatThrownBy(() -> masked(Form.JSON, "[".repeat(10_000) + "]".repeat(10_000)))
        .isInstanceOf(RefusedInput.class);
    assertThatThrownBy(() -> masked(Form.JSON, "[\"\u00ff\"]".getBytes(ISO_8859_1), 64))
        .isInstanceOf(RefusedInput.class);
    assertThat(written.size()).isZero();
  }

  @Test
  void aLineBeyondTheBoundEndsTheRunAfterTheLinesBefore() {
    byte[] input = ("short\n" + "x".repeat(200) + CANARY + "\n").getBytes(UTF_8);

    assertThatThrownBy(() -> filter(100).run(Form.JSONL, inChunks(input, 7), Output.to(written)))
        .isInstanceOf(RefusedInput.class)
        .hasMessage("line 2 is longer than 100 bytes (see --max-bytes)");
    assertThat(written.toString(UTF_8)).isEqualTo("short\n");
  }

  @Test
  void aStringOf100MebibytesIsMaskedToItsEnd() throws IOException {
    byte[] input = new byte[100 << 20];
    Arrays.fill(input, (byte) 'x');
    byte[] end = (" " + CANARY + "\"").getBytes(UTF_8);
    input[0] = '"';
    System.arraycopy(end, 0, input, input.length - end.length, end.length);

    for (Form form : Form.values()) {
      byte[] output = masked(form, input, 1 << 16);
      assertThat(new String(output, output.length - 15, 15, UTF_8)).endsWith("x ***@***.com\"");
      assertThat(output).hasSize(input.length - CANARY.length() + "***@***.com".length());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}           | JSON",
        "[1, 2]\\n\\n        | JSON",
        "{\"a\":1}\\n{}      | JSONL",
        "{\"a\":1}\\n\\n[]\\n| JSONL",
        "{\"a\":1}\\noh      | TEXT",
        "5551234567\\n       | TEXT",
        "[INFO] hello        | TEXT",
        "``                  | TEXT"
      })
  void theFormIsToldByTheInput(String input, Form form) throws IOException {
    byte[] bytes = input.replace("\\n", "\n").getBytes(UTF_8);

    assertThat(Form.ofBeginning(bytes, true, Masker.standard())).isEqualTo(form);
  }

  @Test
  void aFileNameTellsTheFormAndAnInputTooLongToTellIsRefused() {
    assertThat(Form.ofName("a.ndjson")).contains(Form.JSONL);
    assertThat(Form.ofName("A.JSON")).contains(Form.JSON);
    assertThat(Form.ofName("a.log")).contains(Form.TEXT);
    assertThat(Form.ofName("json")).isEmpty();
    assertThatThrownBy(
            () -> Form.ofBeginning("{\n\"a\": 1,\n".getBytes(UTF_8), false, Masker.standard()))
        .isInstanceOf(RefusedInput.class)
        .hasMessageContaining("--as");
  }
}
