package io.mcpgovernor.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.ConfigSchema;
import io.mcpgovernor.config.file.GovernorConfig;
import io.mcpgovernor.config.file.PolicyLibrary;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Rule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code governor init}, {@code validate} and {@code config schema}. */
final class ConfigCommandsTest {
  @TempDir private Path directory;

  private record Ran(int code, String out, String err) {}

  private static Ran run(Object command, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>();
    for (Object word : words) {
      arguments.add(word.toString());
    }
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(new String[0]));
    return new Ran(code, out.toString(), err.toString());
  }

  /** The command as it is started, in a directory of its own. */
  private Ran process(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main"));
    command.addAll(List.of(words));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    return new Ran(code, Files.readString(out), Files.readString(err));
  }

  @Test
  void whatInitWritesIsRightAndItsOwnersAlone() throws IOException {
    Path file = directory.resolve("governor.yaml");
    Ran init = run(new InitCommand(), file);

    assertThat(init.code()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ConfigFile.read(file).builder()).isNotNull();
    Ran validate = run(new ValidateCommand(), file);
    assertThat(validate.code()).isZero();
    assertThat(validate.out()).contains("nothing is wrong").contains("policy version ");
  }

  @Test
  void whatInitLeavesInCommentsIsRightAsWell() throws IOException {
    Path file = directory.resolve("governor.yaml");
    run(new InitCommand(), file);
    String text =
        Files.readString(file)
            .replace("servers: {}\n", "servers:\n")
            .replaceAll("(?m)^#  (?=\\S|  )", "  ")
            .replaceAll("(?m)^# (?=identity|disable|  jwt)", "")
            .replaceAll("\\$\\{env:ERP_TOKEN}", "\\${env:PATH}"); // which is set everywhere
    Files.writeString(file, text);

    ConfigFile read = ConfigFile.read(file);
    assertThat(read.config().servers()).containsOnlyKeys("files", "erp");
    assertThat(read.config().identity().jwt()).isNotNull();
    assertThat(read.config().disable()).containsOnlyKeys("rls");
    assertThat(read.config().masking().columns()).containsOnlyKeys("customers.tax_id");
  }

  @Test
  void whatIsSaidToInitStandsInTheFileAndIsRight() throws IOException {
    Path file = directory.resolve("said.yaml");
    Ran ran =
        run(
            new InitCommand((BufferedReader) null),
            file,
            "--server",
            "files=npx -y \"a b\" '#x: {' ''",
            "--server",
            "erp=https://erp.example/mcp?a=1",
            "--issuer",
            "https://login.example",
            "--audience",
            "https://mcp.example",
            "--audit",
            directory.resolve("re: cords"),
            "--masking",
            "STRICT");

    assertThat(ran.err()).isEmpty();
    GovernorConfig config = ConfigFile.read(file).config();
    assertThat(config.servers().get("files").command())
        .containsExactly("npx", "-y", "a b", "#x: {", "");
    assertThat(config.servers().get("erp").url()).hasToString("https://erp.example/mcp?a=1");
    assertThat(config.identity().jwt().issuer()).hasToString("https://login.example");
    assertThat(config.audit().dir()).isEqualTo(directory.resolve("re: cords"));
    assertThat(config.masking().level()).isEqualTo(Sensitivity.STRICT);

    Path other = directory.resolve("other.yaml");
    run(new InitCommand((BufferedReader) null), other, "--user", "o'neil:{");
    assertThat(ConfigFile.read(other).config().identity().everyone().user()).isEqualTo("o'neil:{");
  }

  @Test
  void whatWouldMakeAFileWrongIsRefusedAndNothingIsWritten() {
    for (List<String> words :
        List.of(
            List.of("--server", "A=x"),
            List.of("--server", "a='x"),
            List.of("--server", "a=http://"),
            List.of("--issuer", "https://login.example"),
            List.of("--user", "me", "--issuer", "https://login.example", "--audience", "a"),
            List.of("--issuer", "login.example", "--audience", "a"))) {
      List<Object> all = new ArrayList<>(List.of(directory.resolve("governor.yaml")));
      all.addAll(words);
      Ran ran = run(new InitCommand((BufferedReader) null), all.toArray());

      assertThat(ran.code()).as(words.toString()).isEqualTo(2);
      assertThat(directory.resolve("governor.yaml")).doesNotExist();
    }
  }

  @Test
  void onATerminalInitAsksAndAsksAgainWhereAnAnswerIsWrong() throws IOException {
    Path file = directory.resolve("asked.yaml");
    String answers =
        """
        node /opt/notes/dist/index.js

        https://
        https://erp.example/mcp
        ERP
        erp

        tokens
        login.example
        https://login.example

        https://mcp.example
        /var/lib/records
        strict
        """;
    Ran ran = run(new InitCommand(new BufferedReader(new StringReader(answers))), file);

    assertThat(ran.code()).isZero();
    assertThat(ran.err())
        .contains("An MCP server", "Its name [notes]: ", "Its name [erp]: ", "Who calls [me]: ")
        .contains("an address is like", "lower-case letters", "tokens for others");
    GovernorConfig config = ConfigFile.read(file).config();
    assertThat(config.servers().keySet()).containsExactly("notes", "erp");
    assertThat(config.identity().jwt().audience()).containsExactly("https://mcp.example");
    assertThat(config.audit().dir()).isEqualTo(Path.of("/var/lib/records"));
    assertThat(config.pins()).isEqualTo(Path.of("/var/lib/pins.json"));
    assertThat(config.masking().level()).isEqualTo(Sensitivity.STRICT);
  }

  @Test
  void emptyAnswersTakeWhatIsUsualAndNobodyIsAskedTwice() throws IOException {
    Path file = directory.resolve("usual.yaml");
    assertThat(run(new InitCommand(new BufferedReader(new StringReader("\n\n"))), file).code())
        .isZero();
    GovernorConfig config = ConfigFile.read(file).config();
    assertThat(config.servers()).isEmpty();
    assertThat(config.identity().everyone().user()).isEqualTo(System.getProperty("user.name"));

    Ran there = run(new InitCommand(new BufferedReader(new StringReader(""))), file);
    assertThat(there.code()).isEqualTo(1);
    assertThat(there.err()).doesNotContain("Who calls");
    Ran wrong =
        run(
            new InitCommand(new BufferedReader(new StringReader("\n" + "nobody\n".repeat(9)))),
            directory.resolve("wrong.yaml"));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(directory.resolve("wrong.yaml")).doesNotExist();
    Ran yes =
        run(
            new InitCommand(new BufferedReader(new StringReader(""))),
            directory.resolve("yes.yaml"),
            "--yes");
    assertThat(yes.err()).isEmpty();
    assertThat(ConfigFile.read(directory.resolve("yes.yaml")).config().identity().everyone())
        .isNull();
  }

  @Test
  void initPutsRulesThatComeWithTheProgramIntoTheFile() throws IOException {
    List<Object> words = new ArrayList<>(List.of(directory.resolve("all.yaml")));
    PolicyLibrary.names().forEach(name -> words.addAll(List.of("--with", name)));
    assertThat(run(new InitCommand(), words.toArray()).code()).isZero();
    assertThat(ConfigFile.read(directory.resolve("all.yaml")).rules())
        .extracting(Rule::name)
        .contains("read-only-agent", "few-messages", "working-hours");

    Path two = directory.resolve("two.yaml");
    run(new InitCommand(), two, "--with", "working-hours", "--with", "read-only-agent");
    assertThat(ConfigFile.read(two).rules())
        .extracting(Rule::name)
        .containsExactly("working-hours", "read-only-agent");
    Ran unknown = run(new InitCommand(), directory.resolve("x.yaml"), "--with", "read-only");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("there are no rules named read-only");
    assertThat(directory.resolve("x.yaml")).doesNotExist();
    assertThat(new CommandLine(new InitCommand()).getUsageMessage().replaceAll("\\s+", ""))
        .contains(PolicyLibrary.names());
  }

  @Test
  void validateWarnsOfRulesThatAreMostLikelyMistakes() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("governor.yaml"),
            """
            tools: { wipe: { tags: [destructive] } }
            rules:
              - name: first
                tools: [export]
                deny: { reason: "No.", suggestions: ["Give up."] }
              - name: second
                tools: [export]
                when: args.limit > 10
                deny: { reason: "No.", suggestions: ["Give up."] }
              - name: tagged
                when: '"destructive" in tool.tags'
                deny: { reason: "No.", suggestions: ["Give up."] }
            """);
    Path tools =
        Files.writeString(
            directory.resolve("tools.json"),
            "{\"tools\": [{\"name\": \"export\"}, {\"name\": \"wipe\"}, {\"name\": \"read\"}]}");

    Ran plain = run(new ValidateCommand(), file);
    assertThat(plain.code()).isZero();
    assertThat(plain.out().lines().skip(1))
        .containsExactly(
            "warning: governor.yaml:6:5 second: it never comes to it: 'first' denies every call of"
                + " these tools before");
    Ran known = run(new ValidateCommand(), file, "--tools", tools, "--server", "crm");
    assertThat(known.code()).isZero();
    assertThat(known.out().lines().skip(2)).containsExactly("warning: no rule is about crm.read");
    Ran json = run(new ValidateCommand(), file, "--tools", tools, "--server", "crm", "--json");
    assertThat(json.code()).isZero();
    assertThat(Json.text(json.out()).object())
        .containsEntry("is_valid", true)
        .extractingByKey("warnings")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2);
    assertThat(run(new ValidateCommand(), file, "--tools", tools).code()).isEqualTo(2);
  }

  @Test
  void initNeverOverwrites() throws IOException {
    Path file = Files.writeString(directory.resolve("governor.yaml"), "listen: a:1");
    Ran ran = run(new InitCommand(), file);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("is there already");
    assertThat(file).hasContent("listen: a:1");
    assertThat(run(new InitCommand(), directory.resolve("no/such/governor.yaml")).code())
        .isEqualTo(1);
  }

  @Test
  void validateSaysEveryProblemAndEndsWithFour() throws Exception {
    Files.writeString(directory.resolve("governor.yaml"), "limits: {rate: 1}\nlistn: a:1\n");
    Ran ran = process("validate");

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.out().lines())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("governor.yaml:1:16 limits.rate: "),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "governor.yaml:2:1 listn: there is no such key here; did you mean"
                            + " listen?"));
    assertThat(process("validate", "absent.yaml").code()).isEqualTo(4);
    assertThat(process("validate", "--no-such-option").code()).isEqualTo(2);
  }

  @Test
  void validatePrintsTheSameForPrograms() throws IOException {
    Path file = Files.writeString(directory.resolve("governor.yaml"), "listn: s3cr3t");
    Ran bad = run(new ValidateCommand(), "--json", file);

    assertThat(bad.code()).isEqualTo(4);
    assertThat(bad.out()).doesNotContain("s3cr3t");
    Map<String, Object> report = Json.utf8(bad.out().getBytes(StandardCharsets.UTF_8)).object();
    assertThat(report).containsEntry("is_valid", false).containsEntry("policy_version", null);
    assertThat(report.get("problems").toString()).contains("line=1").contains("path=listn");
    Files.writeString(file, "listen: localhost:1");
    assertThat(run(new ValidateCommand(), "--json", file).out()).contains("\"is_valid\":true");
  }

  @Test
  void theSchemaIsPrinted() throws Exception {
    Ran ran = process("config", "schema");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).isEqualTo(ConfigSchema.text());
  }
}
