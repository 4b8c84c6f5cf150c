package io.mcpgovernor.gateway.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
  @Test
  void linesEndWithLineFeedsOrBothAndTheLastWithNothing() throws Exception {
    assertThat(lines("one\ntwo\r\nthree", 10)).containsExactly("one", "two", "three");
  }

  @Test
  void blankLinesArePassedOver() throws Exception {
    assertThat(lines("\n \t\r\none\n\n", 10)).containsExactly("one");
  }

  @Test
  void aLineOfExactlyTheBoundIsWholeAndOneMoreIsTooLong() throws Exception {
    assertThat(lines("12345\n12345\r\n123456\nabc\n", 5))
        .containsExactly("12345", "12345", "12345 (too long)", "abc");
  }

  @Test
  void linesAreTheSameHoweverTheStreamIsCut() throws Exception {
    String text = "a".repeat(20_000) + "\r\n" + "b".repeat(7) + "\n\n" + "c".repeat(9_000);
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      InputStream cut =
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
              return super.read(bytes, from, Math.min(length, 1 + random.nextInt(5_000)));
            }

            @Override
            public int read(byte[] bytes) {
              return read(bytes, 0, bytes.length);
            }
          };
      assertThat(lines(cut, 20_000))
          .containsExactly("a".repeat(20_000), "b".repeat(7), "c".repeat(9_000));
    }
  }

  private static List<String> lines(String text, int bytesMax) throws IOException {
    return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), bytesMax);
  }

  private static List<String> lines(InputStream in, int bytesMax) throws IOException {
    LineReader reader = new LineReader(in, bytesMax);
    List<String> lines = new ArrayList<>();
    for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
      lines.add(
          new String(line.bytes(), StandardCharsets.UTF_8) + (line.tooLong() ? " (too long)" : ""));
    }
    return lines;
  }
}
