package io.mcpgovernor.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RunCommandTest {
  @TempDir private Path home;

  private Run start(String... before) throws IOException {
    List<String> words = new ArrayList<>(List.of(before));
    words.add("--");
    words.addAll(Run.server());
    return Run.start(home, words.toArray(String[]::new));
  }

  private static String records(Path below) {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(RunCommandTest::text)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void withoutAFileTheDesktopProfileHoldsAndStandardErrorSaysSo() throws Exception {
    try (Run run = start("--name", "echo")) {
      run.initialize();
      String answer = run.call(2, "mail jane.doe@example.com");
      List<String> rest = new ArrayList<>();
      assertThat(run.end(rest)).isZero();

      assertThat(answer).contains("***@***.com").doesNotContain("jane.doe");
      assertThat(rest).isEmpty();
      assertThat(run.stderr())
          .contains("desktop profile")
          .contains(home.resolve("config/mcp-governor/governor.yaml").toString());
      assertThat(records(home.resolve("state/mcp-governor/audit/echo")))
          .contains("\"user_id\":\"" + DesktopProfile.user() + "\"")
          .contains("\"tool_name\":\"echo\"")
          .contains("desktop profile")
          .doesNotContain("jane.doe");
    }
  }

  @Test
  void standardOutputHasOneMessageALineHoweverTheServerWritesThem() throws Exception {
    try (Run run = start()) {
      // A script that writes all it has to say at once.
      run.tell(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
              + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}\n"
              + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
              + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}\n"
              + "this is no message");
      List<String> lines = new ArrayList<>();
      assertThat(run.end(lines)).isZero();

      assertThat(lines)
          .hasSize(3)
          .allSatisfy(line -> assertThat(Json.text(line).object()).isNotEmpty());
      assertThat(lines.getFirst()).contains("\"id\":1");
      assertThat(lines).anyMatch(line -> line.contains("\"echo\""));
      assertThat(lines).anyMatch(line -> line.contains("-32700"));
    }
  }

  @Test
  void itEndsWithTheCodeOfAServerThatEndsAndAnswersWhatWaited() throws Exception {
    try (Run run =
        Run.start(home, "--name", "shell", "--", "sh", "-c", "read line; echo oops >&2; exit 7")) {
      String answer =
          run.ask("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"initialize\",\"params\":{}}");

      assertThat(answer).contains("\"id\":\"x\"").contains("ended before it answered");
      assertThat(run.code()).isEqualTo(7);
      assertThat(run.stderr()).contains("shell: oops");
    }
  }

  @Test
  void runsAtTheSameTimeKeepLogsOfTheirOwnBelowOneDirectory() throws Exception {
    try (Run first = start("--name", "echo");
        Run second = start("--name", "echo")) {
      first.initialize();
      second.initialize();
      assertThat(first.call(2, "first")).contains("first");
      assertThat(second.call(2, "second")).contains("second");
      assertThat(first.end(new ArrayList<>())).isZero();
      assertThat(second.end(new ArrayList<>())).isZero();
    }
    Path audit = home.resolve("state/mcp-governor/audit");
    assertThat(records(audit.resolve("echo"))).contains("\"outcome\"");
    assertThat(records(audit.resolve("echo-2"))).contains("\"outcome\"");
  }

  @Test
  void aFileSaysWhoCallsWhatIsDeniedAndWhereRecordsAre() throws Exception {
    Path file = home.resolve("governor.yaml");
    Files.writeString(
        file,
        "servers:\n  echo: { command: "
            + new String(Json.of(Run.server()).utf8(), StandardCharsets.UTF_8)
            + " }\n  other: { command: [none] }\n"
            + "identity: { everyone: { user: conformance } }\n"
            + "limits: { rate: 1/1h }\n"
            + "audit: { dir: records, durability: flush }\n");

    try (Run run = Run.start(home, "-f", file.toString(), "--name", "echo")) {
      run.initialize();
      assertThat(run.call(2, "one")).contains("\"one\"");
      assertThat(run.call(3, "two")).contains("rate_limit").contains("\"isError\":true");
      assertThat(run.end(new ArrayList<>())).isZero();
      assertThat(run.stderr()).doesNotContain("desktop profile");
    }

    assertThat(records(home.resolve("records"))).contains("\"user_id\":\"conformance\"");
    try (Run run = Run.start(home, "-f", file.toString())) {
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.stderr()).contains("--name");
    }
    try (Run run = Run.start(home, "-f", file.toString(), "--name", "none")) {
      assertThat(run.code()).isEqualTo(2);
    }
  }

  @Test
  void theFileInTheUsersOwnDirectoryIsUsedWhereItIsThere() throws Exception {
    Path file = home.resolve("config/mcp-governor/governor.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "limits: { rate: nonsense }\n");

    try (Run run = start()) {
      assertThat(run.code()).isEqualTo(4);
      assertThat(run.stderr()).contains("governor.yaml:1:");
    }
  }

  @Test
  void whatCannotBeStartedIsSaidInALine() throws Exception {
    try (Run run = Run.start(home, "--", "/nowhere/at-all", "--key=secret")) {
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.stderr()).contains("cannot be started").doesNotContain("secret");
    }
    try (Run run = Run.start(home)) {
      assertThat(run.code()).isEqualTo(2);
    }
  }

  @Test
  void aSignalEndsTheServerToo() throws Exception {
    try (Run run = Run.start(home, "--name", "shell", "--", "sh", "-c", "echo $$ >&2; exec cat")) {
      run.tell("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      while (!run.stderr().matches("(?s).*shell: \\d+\n.*")) {
        Thread.sleep(20);
      }
      long pid = Long.parseLong(run.stderr().replaceAll("(?s).*shell: (\\d+)\n.*", "$1"));
      ProcessHandle server = ProcessHandle.of(pid).orElseThrow();

      run.terminate();

      assertThat(run.code()).isEqualTo(128 + 15);
      server.onExit().join();
    }
  }
}
