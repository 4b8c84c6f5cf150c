package io.mcpgovernor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code governor completion}, in the shell it is for. */
@Timeout(120)
final class CompletionCommandTest {
  @TempDir private Path directory;

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static String script(String shell) throws IOException, InterruptedException {
    return run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "completion",
            shell));
  }

  /** What bash offers for the last of some words. */
  private static List<String> offered(Path script, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "--norc",
                "-c",
                "compopt() { :; }; source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=();"
                    + " COMP_LINE=\"$*\"; _complete_governor || true;"
                    + " printf '%s\\n' \"${COMPREPLY[@]}\"",
                "bash",
                script.toString()));
    command.addAll(Arrays.asList(words));
    return run(command).lines().map(String::strip).toList();
  }

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    Path script = Files.writeString(directory.resolve("governor.bash"), script("bash"));

    assertThat(offered(script, "governor", "wra")).containsExactly("wrap");
    assertThat(offered(script, "governor", "")).contains("run", "serve", "doctor", "completion");
    assertThat(offered(script, "governor", "audit", "")).contains("tail", "search", "verify");
    assertThat(offered(script, "governor", "serve", "--con")).containsExactly("--config");
    assertThat(offered(script, "governor", "wrap", ""))
        .contains("claude-desktop", "claude-code", "vscode", "cursor", "windsurf");
  }

  @Test
  void zshGetsTheScriptThatMakesItUnderstandBash() throws Exception {
    assertThat(script("zsh")).contains("bashcompinit").isEqualTo(script("bash"));
  }

  @Test
  void fishGetsALineForEachCommandOptionAndValue() throws Exception {
    String script = script("fish");

    assertThat(script.lines())
        .allMatch(line -> line.startsWith("complete -c governor "))
        .anyMatch(line -> line.contains("-n '__fish_seen_subcommand_from audit; and not"))
        .anyMatch(line -> line.contains("-f -a 'claude-desktop claude-code vscode"))
        .anyMatch(
            line ->
                line.startsWith("complete -c governor -n '__fish_seen_subcommand_from serve' -s f")
                    && line.contains("-l config -r"));
    assertThat(script).doesNotContain("-l cache"); // hidden
    assertThat(quotes(script)).isZero();
  }

  /** How many lines have a quote that nothing closes. */
  private static long quotes(String script) {
    return script
        .lines()
        .filter(line -> line.replace("\\'", "").chars().filter(c -> c == '\'').count() % 2 != 0)
        .count();
  }
}
