package io.mcpgovernor.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.verify.LogReport.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made to hurt whoever reads them, and files that cannot be read. */
final class HostileInputTest {
  private final SigningKey key = new SigningKey(WrittenLog.ORIGIN);

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void thereIsALog() throws IOException {
    directory = WrittenLog.small(key).write(temporary.resolve("audit"));
  }

  private LogReport verify() throws IOException {
    return LogVerifier.builder()
        .keys(List.of(key.verifier()))
        .build()
        .verify(List.of(directory))
        .logs()
        .get(0);
  }

  private void mustFail(String reason) throws IOException {
    LogReport report = verify();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).reason()).contains(reason);
    assertThat(report.problems().get(0).line()).isEqualTo(1);
  }

  /** Writes so many bytes of one kind, in pieces. */
  private static void fill(OutputStream out, String piece, long bytes) throws IOException {
    byte[] block = piece.repeat(65_536 / piece.length()).getBytes(StandardCharsets.US_ASCII);
    for (long left = bytes; left > 0; left -= block.length) {
      out.write(block);
    }
  }

  @Test
  void aLineOfAHundredMegabytesIsRefusedAndNotKept() throws IOException {
    for (String end : List.of("", "\n")) {
      try (OutputStream out = Files.newOutputStream(directory.resolve(WrittenLog.name(3)))) {
        fill(out, "a", 100 << 20);
        out.write(end.getBytes(StandardCharsets.US_ASCII));
      }
      mustFail("longer than");
    }
  }

  @Test
  void aBombIsNotInflatedBeyondOneLine() throws IOException {
    Files.delete(directory.resolve(WrittenLog.name(3)));
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(directory.resolve(WrittenLog.name(3) + ".gz")), 65_536)) {
      fill(out, "\0", 1L << 30);
    }
    mustFail("longer than");

    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(directory.resolve(WrittenLog.name(3) + ".gz")), 65_536)) {
      fill(out, "\n", 1L << 30);
    }
    mustFail("not a whole JSON object");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    for (String brackets : List.of("[", "{\"a\":")) {
      Path file = directory.resolve(WrittenLog.name(1));
      Files.writeString(
          file, "{\"timestamp\":\"x\",\"arguments\":" + brackets.repeat(1_000_000) + "\n");
      mustFail("nested deeper than 1024");
    }
  }

  @Test
  void manyFieldsAreRefused() throws IOException {
    StringBuilder line = new StringBuilder("{\"timestamp\":\"x\"");
    for (int i = 0; i < 1_000; i++) {
      line.append(",\"f").append(i).append("\":1");
    }
    Files.writeString(directory.resolve(WrittenLog.name(1)), line + "}\n");
    mustFail("more than 256 fields");
  }

  @Test
  void whatIsNotCompressedIsNotReadAsIfItWere() throws IOException {
    Files.delete(directory.resolve(WrittenLog.name(2)));
    for (String garbage : List.of("", "garbage", "\u001f\u008b\b")) {
      Files.writeString(
          directory.resolve(WrittenLog.name(2) + ".gz"), garbage, StandardCharsets.ISO_8859_1);
      mustFail("the compressed file is damaged");
    }
  }

  @Test
  void linksAndDirectoriesAreNotFollowed() throws IOException {
    Path file = directory.resolve(WrittenLog.name(2));
    Path elsewhere = Files.move(file, temporary.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);
    assertThat(verify().outcome()).isEqualTo(Outcome.UNREADABLE);
    assertThat(verify().problems().get(0).reason()).contains("not a regular file");

    Files.delete(file);
    Files.createDirectory(file);
    assertThat(verify().outcome()).isEqualTo(Outcome.UNREADABLE);

    Files.delete(file);
    Files.createSymbolicLink(file, temporary.resolve("nowhere"));
    assertThat(verify().outcome()).isEqualTo(Outcome.UNREADABLE);
  }

  @Test
  void aSearchForLogsDoesNotFollowLinks() throws IOException {
    Path root = Files.createDirectories(temporary.resolve("root/server"));
    Files.createSymbolicLink(root.resolve("loop"), temporary.resolve("root"));
    Files.createSymbolicLink(root.resolve("other"), directory);
    assertThat(LogFiles.logs(temporary.resolve("root"))).isEmpty();
  }

  @Test
  void twoFilesWithOneNumberAreNoLog() throws IOException {
    Files.writeString(directory.resolve("audit-0000002.jsonl"), "");
    LogReport report = verify();
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).reason()).contains("the same number");
  }

  @Test
  void zerosAtTheEndAreATornTailAndZerosInALineAreNot() throws IOException {
    Path file = directory.resolve(WrittenLog.name(3));
    String whole = Files.readString(file);
    Files.writeString(file, whole + "\0".repeat(10_000));
    assertThat(verify().outcome()).isEqualTo(Outcome.OK);
    assertThat(verify().tornTailBytes()).isEqualTo(10_000);

    Files.writeString(file, whole + "\0".repeat(10_000) + "\n");
    assertThat(verify().outcome()).isEqualTo(Outcome.FAILED);
    Files.writeString(file, whole + "\0".repeat(10_000) + "{}");
    assertThat(verify().outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void noTextFromALogReachesATerminalAsItIs() throws IOException {
    new WrittenLog(key).attempt("\u009b31mred\u202e\u2028").write(directory);
    java.io.StringWriter text = new java.io.StringWriter();

    int code = Main.run(List.of(directory.toString()), new java.io.PrintWriter(text, true), err());

    assertThat(code).isZero();
    assertThat(text.toString()).contains("\\u009b31mred\\u202e\\u2028");
    assertThat(text.toString()).doesNotContain("\u009b").doesNotContain("\u202e");
  }

  private static java.io.PrintWriter err() {
    return new java.io.PrintWriter(java.io.Writer.nullWriter());
  }

  @Test
  void moreOpenCallsThanAreRememberedAreCounted() {
    OpenCalls calls = new OpenCalls(new Sha256());
    for (int i = 0; i < OpenCalls.CALLS_MAX + 50; i++) {
      byte[] id = ("call-" + i).getBytes(StandardCharsets.US_ASCII);
      calls.begun(id, 0, id.length, i + 1);
    }
    for (int i = 0; i < OpenCalls.CALLS_MAX + 10; i += 2) {
      byte[] id = ("call-" + i).getBytes(StandardCharsets.US_ASCII);
      calls.ended(id, 0, id.length);
    }

    assertThat(calls.untracked()).isEqualTo(50);
    assertThat(calls.count()).isEqualTo(OpenCalls.CALLS_MAX / 2 + 45);
    assertThat(calls.first(2))
        .extracting(OpenCalls.OpenCall::callId)
        .containsExactly("call-1", "call-3");
  }
}
