package io.mcpgovernor.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.gateway.DoctorCommand;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.KeyEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code governor doctor}. */
@Timeout(120)
final class DoctorCommandTest {
  private static final String TOOLS =
      """
      {"tools": [
        {"name": "look", "inputSchema": {"type": "object"}},
        {"name": "send_email", "inputSchema": {"type": "object"}},
        {"name": "find", "inputSchema": {"type": "object"}, "outputSchema": {"type": "object",
          "properties": {"rows": {"type": "array", "items": {"type": "object",
            "properties": {"homeAddress": {"type": "string"}}}}}}},
        {"name": "patients", "inputSchema": {"type": "object"}},
        {"no": "name"}]}
      """;

  @TempDir private Path directory;
  private final List<DatedServer> servers = new ArrayList<>();

  private record Ran(int code, String out) {
    List<String> lines(String start) {
      return out.lines().filter(line -> line.startsWith(start)).toList();
    }
  }

  private Ran doctor(String configuration, Object... words) throws IOException {
    Path file = Files.writeString(directory.resolve("governor.yaml"), configuration);
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new DoctorCommand())
            .setOut(new PrintWriter(out))
            .execute(
                Stream.concat(Stream.of("-f", file), Stream.of(words))
                    .map(Object::toString)
                    .toArray(String[]::new));
    return new Ran(code, out.toString());
  }

  @AfterEach
  void end() throws IOException {
    for (DatedServer server : servers) {
      server.close();
    }
  }

  private String server(Duration ahead, boolean hasSessions) throws IOException {
    DatedServer server = new DatedServer(ahead, hasSessions, TOOLS);
    servers.add(server);
    return "{ url: \"" + server.url() + "\" }";
  }

  private static String rehearsal() {
    return new String(
        Json.of(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.mcpgovernor.cli.gateway.RehearsalServer"))
            .utf8(),
        StandardCharsets.UTF_8);
  }

  @Test
  void whereNothingIsWrongEveryLineIsOkAndNothingStaysBehind() throws IOException {
    Ran ran =
        doctor(
            "listen: 127.0.0.1:0\nadmin: { listen: 127.0.0.1:0 }\nservers: { echo: { command: "
                + rehearsal()
                + " } }\n",
            "--wait",
            "60");

    assertThat(ran.out().lines()).allMatch(line -> line.startsWith("ok   "));
    assertThat(ran.code()).isZero();
    assertThat(ran.lines("ok   servers.echo")).containsExactly("ok   servers.echo: 1 tool");
    assertThat(ran.out())
        .contains("ok   configuration: ", "ok   audit: ", "ok   listen: ", "ok   admin.listen: ")
        .contains("ok   pins: ", "ok   grants: ", "ok   clock: ");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("governor.yaml"));
    }
  }

  @Test
  void serversOfBothErasAreAskedForTheirToolsAndUnmarkedOnesNamed() throws IOException {
    Ran ran =
        doctor(
            "listen: 127.0.0.1:0\nservers:\n  old: "
                + server(Duration.ZERO, true)
                + "\n  new: "
                + server(Duration.ZERO, false)
                + """

                tools: { "*.patients": { requires_pii: true }, "new.find": { requires_pii: false } }
                rules:
                  - { name: no-find, tools: [find], deny: { reason: No., suggestions: [Stop.] } }
                """,
            "--wait",
            "60");

    assertThat(ran.code()).isZero();
    assertThat(ran.lines("ok   servers."))
        .containsExactly("ok   servers.old: 4 tools", "ok   servers.new: 4 tools");
    assertThat(ran.lines("warn tools: "))
        .hasSize(3)
        .satisfiesExactly(
            schema ->
                assertThat(schema)
                    .contains("schemas speak of personal data: old.find: say requires_pii"),
            words ->
                assertThat(words).contains("read personal data: new.send_email, old.send_email:"),
            rules -> assertThat(rules).contains("no rule is about new.look"));
    assertThat(ran.lines("ok   clock")).containsExactly("ok   clock: agrees with new, old");
  }

  @Test
  void whatIsBrokenIsNamedWithWhatMendsIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ran ran =
          doctor(
              "listen: 127.0.0.1:"
                  + taken.getLocalPort()
                  + """

                  servers:
                    dead: { url: "http://127.0.0.1:1/mcp" }
                    gone: { command: [/no/such/program] }
                    sad: { command: [sh, -c, "echo no token given >&2; exit 3"] }
                  """,
              "--wait",
              "60");
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.lines("fail servers."))
          .satisfiesExactly(
              dead -> assertThat(dead).contains("dead: The server cannot be reached"),
              gone -> assertThat(gone).contains("gone: ", "its command was not found"),
              sad -> assertThat(sad).contains("it said 'no token given': run its command by hand"));
      assertThat(ran.lines("fail listen"))
          .singleElement()
          .asString()
          .contains("cannot be had", "set listen to another address");
    }
  }

  @Test
  void nothingWaitsForAServerThatSaysNothingAndItsProcessIsEnded() throws Exception {
    Ran ran =
        doctor(
            "listen: 127.0.0.1:0\nservers: { mute: { command: [sleep, \"61234\"] } }\n",
            "--wait",
            "1");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.lines("fail servers."))
        .singleElement()
        .asString()
        .contains("mute: no answer within 1.0 s", "--wait 30");
    while (isRunning("sleep 61234")) { // or the test takes too long
      Thread.sleep(50);
    }
  }

  private static boolean isRunning(String command) {
    return ProcessHandle.current()
        .descendants()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(command));
  }

  @Test
  void ofAnAuditLogItsModesKeysAndWriterAreLookedAt() throws IOException {
    Path audit = directory.resolve("audit");
    String configuration = "listen: 127.0.0.1:0\naudit: { dir: audit }\n";
    try (Governor governor = Governor.builder().auditTo(audit).build()) {
      assertThat(governor).isNotNull();
    }
    assertThat(doctor(configuration).lines("ok   audit"))
        .singleElement()
        .asString()
        .contains("can be written", "are free");

    Files.setPosixFilePermissions(audit, PosixFilePermissions.fromString("rwxr-x---"));
    try (Stream<Path> keys = Files.list(directory.resolve("audit.keys"))) {
      for (Path key : keys.filter(file -> file.toString().endsWith(".key")).toList()) {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
    Ran open = doctor(configuration);
    assertThat(open.code()).isZero();
    assertThat(open.lines("warn audit"))
        .hasSize(3)
        .anyMatch(line -> line.endsWith("chmod 700 " + audit))
        .anyMatch(line -> line.contains("a private key: ") && line.contains("chmod 600 "));

    Files.writeString(audit.resolve("audit-000001.jsonl"), "");
    Files.move(directory.resolve("audit.keys"), directory.resolve("elsewhere"));
    Ran keyless = doctor(configuration);
    assertThat(keyless.code()).isEqualTo(1);
    assertThat(keyless.lines("fail audit"))
        .singleElement()
        .asString()
        .contains("its keys are not in");
    Ran misplaced = doctor("listen: 127.0.0.1:0\naudit: { dir: governor.yaml }\n");
    assertThat(misplaced.lines("fail audit"))
        .singleElement()
        .asString()
        .contains("is no directory");
  }

  @Test
  void aLogThatAGatewayWritesExplainsWhyItsAddressIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Governor governor = Governor.builder().auditTo(directory.resolve("audit")).build()) {
      assertThat(governor).isNotNull();
      Ran ran = doctor("listen: 127.0.0.1:" + taken.getLocalPort() + "\naudit: { dir: audit }\n");

      assertThat(ran.lines("ok   audit")).singleElement().asString().contains("is written by");
      assertThat(ran.lines("ok   listen"))
          .singleElement()
          .asString()
          .contains("most likely by the gateway");
    }
  }

  @Test
  void aClockThatIsWrongIsSeenByServersAndByRecords() throws IOException {
    Ran ahead =
        doctor(
            "listen: 127.0.0.1:0\nservers: { erp: "
                + server(Duration.ofMinutes(-10), true)
                + ", crm: "
                + server(Duration.ofSeconds(-20), true)
                + " }\n",
            "--wait",
            "60");
    assertThat(ahead.code()).isEqualTo(1);
    assertThat(ahead.lines("fail clock"))
        .singleElement()
        .asString()
        .matches(".*it is \\d+ min ahead of the server erp: .*\\(NTP\\).*");
    assertThat(ahead.lines("warn clock")).singleElement().asString().contains("ahead of", "crm");

    Path audit = directory.resolve("audit");
    try (Governor governor = Governor.builder().auditTo(audit).build()) {
      assertThat(governor).isNotNull();
    }
    Files.setLastModifiedTime(
        Files.writeString(audit.resolve("audit-000001.jsonl"), ""),
        FileTime.from(Instant.now().plus(3, ChronoUnit.HOURS)));
    assertThat(doctor("listen: 127.0.0.1:0\n").lines("fail clock"))
        .singleElement()
        .asString()
        .contains("behind the newest record");
  }

  @Test
  void grantsThatEndAreNamedBeforeTheyDo() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Ran ran =
        doctor(
            "listen: 127.0.0.1:0\ngrants:\n  users:\n    ann: { tenants: [acme], until: \""
                + now.plus(Duration.ofDays(2))
                + "\" }\n    bob: { tenants: [acme], until: \""
                + now.plus(Duration.ofDays(200))
                + "\" }\n  roles: { old: { permissions: [PII_READ], until: 2020-01-01 } }\n");

    assertThat(ran.lines("warn grants"))
        .satisfiesExactly(
            soon -> assertThat(soon).contains("within 7 days: user ann (").doesNotContain("bob"),
            ended -> assertThat(ended).contains("have ended: role old (2020-01-02"));
  }

  @Test
  void badConfigurationEndsWithFourAndProgramsGetTheSame() throws IOException {
    Ran bad = doctor("listn: 1\n");
    assertThat(bad.code()).isEqualTo(4);
    assertThat(bad.lines("fail configuration")).singleElement().asString().contains("listn");

    Ran json = doctor("listn: 1\n", "--json");
    assertThat(json.code()).isEqualTo(4);
    assertThat(Json.text(json.out()).object())
        .containsEntry("is_healthy", false)
        .extractingByKey("findings")
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsAllEntriesOf(Map.of("level", "fail", "what", "configuration"));
    assertThat(doctor("{}\n", "--wait", "0").code()).isEqualTo(2);
  }

  @Test
  void apiKeysThatEndAreNamedBeforeTheyDo() throws IOException {
    Instant soon = Instant.now().plus(Duration.ofDays(2));
    ApiKeys keys = ApiKeys.open(directory.resolve("keys.json"));
    KeyEntry ending =
        keys.create(new KeyEntry.Owner("ann", Set.of(), Set.of(), ""), soon, "test").entry();
    keys.create(new KeyEntry.Owner("bob", Set.of(), Set.of(), ""), null, "test");

    Ran ran = doctor("listen: 127.0.0.1:0\nidentity: { keys: keys.json }\n");

    assertThat(ran.lines("warn keys"))
        .containsExactly(
            "warn keys: end within 7 days: "
                + ending.id()
                + " of ann ("
                + ending.expires()
                + "): make others with 'governor keys create', and give them to their users");
  }
}
