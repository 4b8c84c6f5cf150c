package io.mcpgovernor.cli.wrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.Main;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code governor wrap} and {@code unwrap}. */
@Timeout(120)
final class WrapCommandTest {
  private static final String LAUNCHER = "/opt/mcp-governor/governor";

  @TempDir private Path directory;

  private record Ran(int code, String out, String err) {}

  private static Ran wrap(String client, Path file, Object... words) {
    return run(new WrapCommand(), client, file, words);
  }

  private static Ran unwrap(String client, Path file, Object... words) {
    return run(new UnwrapCommand(), client, file, words);
  }

  private static Ran run(Object command, String client, Path file, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.concat(
                        Stream.of(client, "--config", file, "--launcher", LAUNCHER),
                        Stream.of(words))
                    .map(Object::toString)
                    .toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WrapCommandTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path before(String client) throws IOException {
    return Files.writeString(directory.resolve("file.json"), golden(client + ".before.json"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-desktop", "claude-code", "vscode", "cursor", "windsurf"})
  void eachClientsFileIsWrappedAndGivenBackByteForByte(String client) throws IOException {
    Path file = before(client);

    Ran wrapped = wrap(client, file);
    assertThat(wrapped.err()).isEmpty();
    assertThat(wrapped.code()).isZero();
    assertThat(Files.readString(file)).isEqualTo(golden(client + ".after.json"));

    Ran again = wrap(client, file);
    assertThat(again.out()).contains("wrapped already").doesNotContain("wrote");
    assertThat(Files.readString(file)).isEqualTo(golden(client + ".after.json"));

    assertThat(unwrap(client, file).code()).isZero();
    assertThat(Files.readString(file)).isEqualTo(golden(client + ".before.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-desktop", "claude-code", "vscode", "cursor", "windsurf"})
  void aRehearsalShowsWhatPatchMakesTheSameFileOfAndWritesNothing(String client) throws Exception {
    Path file = before(client);
    Ran ran = wrap(client, file, "--dry-run");

    assertThat(ran.code()).isZero();
    assertThat(Files.readString(file)).isEqualTo(golden(client + ".before.json"));
    assertThat(names()).containsExactly("file.json");
    assertThat(ran.out()).doesNotContain("s3cr3t");
    String diff = ran.out().substring(ran.out().indexOf("--- "));
    Process patch =
        new ProcessBuilder("patch", "--binary", "--unified", file.toString())
            .redirectErrorStream(true)
            .start();
    try (var in = patch.getOutputStream()) {
      in.write(diff.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(patch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(patch.waitFor()).as(said + diff).isZero();
    assertThat(Files.readString(file)).isEqualTo(golden(client + ".after.json"));
  }

  @Test
  void whatIsNotWrappedIsNamedWithWhatToDo() throws IOException {
    Ran ran = wrap("windsurf", before("windsurf"));

    assertThat(ran.out().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("figma: not wrapped: it is reached over HTTP")
                    .contains("governor serve"))
        .contains("governed: runs under governor already, as its words say")
        .contains("postgres: wrapped, as postgres");
    assertThat(ran.out()).doesNotContain("figma.example"); // addresses may hold keys
  }

  @Test
  void whatTheFileWasIsKeptBesideItWithItsModeAndNeverOverwritten() throws IOException {
    Path file = before("cursor");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path other = Files.writeString(directory.resolve("file.json.before-governor"), "mine");

    Ran ran = wrap("cursor", file);
    Path backup = directory.resolve("file.json.before-governor-2");
    assertThat(ran.out()).contains(backup.toString());
    assertThat(Files.readString(other)).isEqualTo("mine");
    assertThat(Files.readString(backup)).isEqualTo(golden("cursor.before.json"));
    for (Path kept : List.of(file, backup)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
          .isEqualTo("rw-r-----");
    }
    unwrap("cursor", file);
    assertThat(names())
        .containsExactly(
            "file.json",
            "file.json.before-governor",
            "file.json.before-governor-2",
            "file.json.before-governor-3");
    wrap("cursor", file); // what it was is there already
    assertThat(names()).hasSize(4);
  }

  @Test
  void aLinkStaysOneAndWhatItLeadsToIsChanged() throws IOException {
    Path file = before("cursor");
    Path link = Files.createSymbolicLink(directory.resolve("link.json"), file);

    assertThat(wrap("cursor", link).code()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).isEqualTo(golden("cursor.after.json"));
  }

  @Test
  void onlyTheServersThatAreNamedAreChanged() throws IOException {
    Path file = before("claude-desktop");
    assertThat(wrap("claude-desktop", file, "--server", "memory").out())
        .startsWith("memory: wrapped, as memory\n")
        .doesNotContain("files-folders");
    assertThat(Files.readString(file))
        .contains("\"run\", \"--name\", \"memory\"")
        .doesNotContain("files-folders-2");

    Ran unknown = wrap("claude-desktop", file, "--server", "memroy");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no server 'memroy'");
  }

  @Test
  void whatSomebodyChangedAfterwardsStaysChanged() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("file.json"),
            """
            {"mcpServers": {
              "a": {"args": ["run", "--name=a", "--", "x", "--added"], "command": "governor"},
              "b": {"args": ["run", "--name=b", "--", "y",], "env": {}, "command": "/old/governor"},
              "c": {"command": "governor", "args": ["run", "--", "npx", "-y", "server"]},
              "d": {"command": "governor", "args": ["run", "--name", "d", "--", "z",]}
            }}
            """);
    unwrap("cursor", file);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {"mcpServers": {
              "a": {"args": ["--added"], "command": "x"},
              "b": {"env": {}, "command": "y"},
              "c": {"command": "npx", "args": ["-y", "server"]},
              "d": {"command": "z", "args": []}
            }}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2:15 here should be a value|{\"mcpServers\":\n  {\"a\": {\"é\": ,}}}",
        "1:24 the file ends too early|{\"mcpServers\": {\"a\": {}",
        "1:16 here should be an object|{\"mcpServers\": []}",
        "1:1 here should be an object|[]",
        "1:25 this key is there already|{\"mcpServers\": {\"a\": 1, \"a\": 2}}",
        "1:20 this key is there already|{\"mcpServers\": {}, \"mcpServers\": {}}",
        "1:36 this key is there already|{\"mcpServers\":{\"a\":{\"command\":\"x\", \"command\":\"y\"}}}",
        "1:4 here should be the end|{} {}",
        "1:3 there is no such escape; a backslash is written twice|{\"\\q\": 1}",
        "1:4 a text ends in the line it begins in; here should be its closing quote|{\"a\n\": 1}",
        "1:4 this comment has no end|{} /* "
      })
  void ofAMalformedFileThePlaceIsSaidAndNothingIsWritten(String example) throws IOException {
    String text = example.substring(example.indexOf('|') + 1);
    Path file = Files.writeString(directory.resolve("file.json"), text);

    Ran ran = wrap("claude-code", file);
    assertThat(ran.err())
        .isEqualTo("wrap: " + file + ":" + example.substring(0, example.indexOf('|')) + "\n");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(names()).containsExactly("file.json");
  }

  @Test
  void aFileThatIsNotThereOrNotTextIsRefused() throws IOException {
    Ran absent = wrap("vscode", directory.resolve("absent.json"));
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err()).contains("VS Code has no file").contains("--config PATH");
    Path latin = Files.write(directory.resolve("latin.json"), new byte[] {'{', (byte) 0xe9, '}'});
    assertThat(wrap("vscode", latin).code()).isEqualTo(4);
    Ran unknown = wrap("emacs", latin);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("claude-desktop, claude-code, vscode, cursor, windsurf");
  }

  @Test
  void theServerOfAWrappedEntryAnswersUnderGovernance() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Path file =
        Files.write(
            directory.resolve("file.json"),
            Json.of(
                    Map.of(
                        "mcpServers",
                        Map.of(
                            "Echo!",
                            Map.of(
                                "command",
                                java,
                                "args",
                                List.of(
                                    "-cp",
                                    classPath,
                                    "io.mcpgovernor.cli.gateway.RehearsalServer")))))
                .utf8());
    wrap("cursor", file);
    ServerEntry entry = ClientText.read(Files.readString(file), Client.CURSOR).entries().get(0);
    assertThat(entry.command().value()).isEqualTo(LAUNCHER);

    List<String> words = new ArrayList<>(List.of(java, "-cp", classPath, Main.class.getName()));
    Objects.requireNonNull(entry.words()).forEach(word -> words.add(word.value()));
    ProcessBuilder start = new ProcessBuilder(words).redirectError(Redirect.DISCARD);
    start.environment().put("XDG_STATE_HOME", directory.toString());
    start.environment().put("XDG_CONFIG_HOME", directory.toString());
    Process process = start.start();
    try (BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
              + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}\n");
      in.flush();
      assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).contains("serverInfo");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    assertThat(directory.resolve("mcp-governor/audit/echo")).isDirectory();
  }

  @Test
  void entriesOfNoKnownFormAreLeft() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("file.json"),
            "{\"servers\": {\"a\": 1, \"b\": {\"command\": [\"x\"]}, \"c\": {\"command\": \"x\","
                + " \"args\": \"y\"}, \"d\": {\"command\": \"x\", \"args\": [1]}, \"e\": {}}}");
    Ran ran = wrap("vscode", file);

    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines())
        .hasSize(5)
        .allMatch(line -> line.contains("not wrapped: it has no command"));
  }
}
