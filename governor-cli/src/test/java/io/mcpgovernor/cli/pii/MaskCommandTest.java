package io.mcpgovernor.cli.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process, with real pipes. */
class MaskCommandTest {
  private static final String CANARY = "canary@example.com";

  @TempDir private Path directory;

  private record Ended(int status, String out, String err) {}

  private Ended governor(String input, String... arguments)
      throws IOException, InterruptedException {
    Path err = directory.resolve("err");
    Process process = start(err, arguments);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // It ended without reading, which its status tells.
    }
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  private static Process start(Path err, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(err.toFile()).start();
  }

  @Test
  void whatPagesShowIsWhatTheCommandDoes() throws Exception {
    String page =
        Files.readString(Path.of("../docs/masking.md"))
            + Files.readString(Path.of("../docs/troubleshooting.md"));
    List<MatchResult> blocks =
        Pattern.compile("\\$ (?:echo|printf) '([^']*)' \\| governor ([^\\n]*)\\n(.*)\\n")
            .matcher(page)
            .results()
            .toList();

    assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
    for (MatchResult block : blocks) {
      Ended ended = governor(block.group(1) + "\n", block.group(2).split(" ", -1));
      assertThat(ended.out()).as(block.group()).isEqualTo(block.group(3) + "\n");
      assertThat(ended.status()).isZero();
    }
  }

  @Test
  void everyErrorIsToldOnStandardErrorAndReleasesNothing() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "fifteen bytes..\n");

    assertRefused(1, "at byte", "--as", "json");
    assertRefused(1, "longer than 8 bytes", "--as", "text", "--max-bytes", "8");
    assertRefused(1, "no such file", directory.resolve("none").toString());
    assertRefused(2, "--hash-key-file", "--mode", "hash");
    assertRefused(2, "fewer than 16", "--mode", "hash", "--hash-key-file", key.toString());
    assertRefused(2, "no kind 'emial'", "--kinds", "emial");
  }

  private void assertRefused(int status, String says, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("mask"));
    arguments.addAll(List.of(options));
    Ended ended = governor("not JSON: " + CANARY + "\n", arguments.toArray(new String[0]));

    assertThat(ended.status()).as(ended.err()).isEqualTo(status);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains(says).doesNotContain(CANARY);
  }

  @Test
  void aValueHashesToTheSameUnderTheSameKey() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "sixteen bytes at least\n");

    Ended ended =
        governor(
            CANARY + " " + CANARY, "mask", "--mode", "hash", "--hash-key-file", key.toString());

    assertThat(ended.out()).matches("(\\[email:[a-p]+]) \\1");
  }

  @Test
  void aReaderWhoLeavesEndsItQuietly() throws Exception {
    Path file = directory.resolve("long.jsonl");
    Files.writeString(file, ("{\"mail\":\"" + CANARY + "\"}\n").repeat(100_000));
    Path err = directory.resolve("err");
    Process process = start(err, "mask", file.toString());
    process.getOutputStream().close();
    assertThat(process.getInputStream().read()).isEqualTo('{');
    process.getInputStream().close();

    assertThat(process.waitFor()).isEqualTo(BrokenPipe.EXIT_CODE);
    assertThat(Files.readString(err)).isEmpty();
  }
}
