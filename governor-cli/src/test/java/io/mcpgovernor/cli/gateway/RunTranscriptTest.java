package io.mcpgovernor.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code governor run} as a process, between a client and a server: where nothing is to be masked
 * or denied, each line must come out as it went in, byte for byte, with its white space, its
 * escapes, its numbers, and the members that nobody knows.
 */
final class RunTranscriptTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void theServerPlaysItsPartOfTheTranscript(String revision) throws Exception {
    Transcript transcript = Transcript.read(file(revision));
    Path received = temporary.resolve("received");

    assertThat(play(transcript, TranscriptServer.command(file(revision), received)))
        .isEqualTo(transcript.said());
    assertThat(Files.readAllLines(received)).isEqualTo(transcript.sent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2026-07-28"})
  void throughTheGatewayClientAndServerHearTheSameBytes(String revision) throws Exception {
    Transcript transcript = Transcript.read(file(revision));
    Path received = temporary.resolve("received");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "run",
                "--"));
    command.addAll(TranscriptServer.command(file(revision), received));

    assertThat(play(transcript, command)).isEqualTo(transcript.said());
    // The gateway asks for the tools on its own account.
    assertThat(Files.readAllLines(received)).containsSubsequence(transcript.sent());
  }

  /** Says the client's part, and gives what comes back. */
  private List<String> play(Transcript transcript, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.to(temporary.resolve("stderr").toFile()));
    builder.environment().put("XDG_STATE_HOME", temporary.resolve("state").toString());
    builder.environment().put("XDG_CONFIG_HOME", temporary.resolve("config").toString());
    Process process = builder.start();
    try {
      PrintStream in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
      BlockingQueue<String> lines = lines(process);
      List<String> heard = new ArrayList<>();
      for (Transcript.Exchange exchange : transcript.exchanges()) {
        in.print(exchange.sent() + "\n");
        in.flush();
        for (int i = 0; i < exchange.said().size(); i++) {
          String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          assertThat(line).as(() -> "after " + exchange.sent() + "\n" + complaints()).isNotNull();
          heard.add(Objects.requireNonNull(line));
        }
      }
      in.close();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(this::complaints).isZero();
      lines.drainTo(heard);
      return heard;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static BlockingQueue<String> lines(Process process) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader out =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (@Nullable String line = out.readLine(); line != null; line = out.readLine()) {
                  lines.add(line);
                }
              } catch (IOException e) {
                lines.add("the process's output broke off: " + e);
              }
            });
    return lines;
  }

  private String complaints() {
    try {
      return Files.readString(temporary.resolve("stderr"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path file(String revision) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(
                RunTranscriptTest.class.getResource("transcript-" + revision + ".txt"))
            .toURI());
  }
}
