package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the runbooks is one, with options that it has. */
@Timeout(300)
final class OperationsCommandsTest {
  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final int WRONG_USAGE = 2;

  @TempDir Path directory;

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Pattern.compile("```sh\\R(.*?)\\R```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(block -> block.group(1).lines().forEach(commands::add));
    return commands;
  }

  private String run(List<String> words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said;
  }

  @Test
  void everyCommandOfThePageIsUnderstood() throws Exception {
    Files.createDirectory(directory.resolve("audit"));
    Files.writeString(
        directory.resolve("governor.yaml"), "listen: 127.0.0.1:0\nidentity: { keys: keys.json }\n");
    List<String> commands = commands();
    assertThat(commands).hasSizeGreaterThan(7);
    // The store has to be there for a revocation to be kept in.
    run(
        List.of(
            "grants",
            "add",
            "user:bob",
            "--tenant",
            "acme",
            "--reason",
            "x",
            "--store",
            "grants.db"));
    for (String command : commands) {
      List<String> words = List.of(command.replaceFirst("^OTEL_\\S+ ", "").split(" "));
      assertThat(words.getFirst()).as(command).isEqualTo("governor");
      // What listens has no servers here, and says so; the rest does what it is for, on nothing.
      assertThat(run(words.subList(1, words.size())))
          .as(command)
          .doesNotStartWith(WRONG_USAGE + " ")
          .doesNotContain("Unknown option", "Unmatched argument", "\tat ");
    }
  }

  @Test
  void withLogJsonWhatIsSaidIsAnObjectALine() throws Exception {
    Files.writeString(directory.resolve("governor.yaml"), "listen: 127.0.0.1:0\n");
    List<String> lines =
        run(List.of("serve", "--log", "json", "-f", "governor.yaml"))
            .lines()
            .filter(line -> line.contains("{"))
            .toList();
    assertThat(lines).hasSize(1);
    assertThat(Json.text(lines.getFirst().substring(lines.getFirst().indexOf('{'))).object())
        .containsEntry("level", "INFO")
        .containsEntry(
            "formattedMessage",
            "governor.yaml: there are no servers; name at least one under servers");
  }
}
