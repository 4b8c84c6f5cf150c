package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Governor;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says is what the engine does. */
final class ConfiguredGovernorTest {
  private static final String PERSON =
      "{\"mail\": \"john@example.com\", \"code\": \"X-99\", \"ssn\": \"123-45-6789\","
          + " \"phone\": \"555-123-4567\"}";

  @TempDir private Path directory;

  private Governor governor(String yaml) {
    return Governor.fromConfig(Page.write(directory, yaml)).build();
  }

  private static CallOutcome call(Governor governor, String arguments, String result) {
    governor
        .tools()
        .register(
            Tool.of("crm", Json.text("{\"name\": \"lookup\"}")).build(), Sensitivity.STANDARD);
    return governor.call(
        CallRequest.of("crm", "lookup", Json.text(arguments), Principal.verified("alice")),
        call -> CompletableFuture.completedFuture(new ToolResult(Json.text(result), false)));
  }

  private static String code(CallOutcome outcome) {
    return ((Refused) outcome).denial().code().name();
  }

  @Test
  void limitsHold() {
    try (Governor governor = governor("limits: {rate: 2/1h, arguments: {bytes: 1KiB, depth: 3}}")) {
      assertThat(call(governor, "{}", "{}")).isInstanceOf(Released.class);
      assertThat(code(call(governor, "{\"a\": {\"b\": {\"c\": {}}}}", "{}")))
          .isEqualTo("too_large");
      assertThat(call(governor, "{}", "{}")).isInstanceOf(Released.class);
      assertThat(code(call(governor, "{}", "{}"))).isEqualTo("rate_limit");
    }
  }

  @Test
  void resultsAreMaskedAsTheFileSays() {
    String masking =
        """
        masking:
          except: [phone]
          modes: {ssn: redact}
          mode: hash
          hash_key: "${file:secrets/hash}"
          columns: {lookup.code: strict}
        """;
    try {
      Page.write(directory, "audit: {}");
      Path key =
          Files.writeString(directory.resolve("secrets/hash"), "0123456789abcdef0123456789abcdef");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (Governor governor = governor(masking)) {
      String masked = ((Released) call(governor, "{}", PERSON)).result().tree().toString();

      assertThat(masked)
          .contains("[email:", "[SSN]", "555-123-4567")
          .doesNotContain("john@", "X-99", "6789}");
    }
  }

  @Test
  void recordsNameTheVersionAndWhatIsOff() {
    Path file = Page.write(directory, "disable: {rls: One tenant.}\naudit: {dir: log/audit}\n");
    try (Governor governor = Governor.fromConfig(file).build()) {
      call(governor, "{}", "{}");

      String logs =
          governor.readLogs(10).stream().map(ConfiguredGovernorTest::text).toList().toString();
      assertThat(logs)
          .contains(ConfigFile.read(file).policyVersion())
          .contains("One tenant.")
          .contains("disable");
    }
    assertThat(directory.resolve("log/audit")).isDirectory();
  }

  private static String text(Json json) {
    return String.valueOf(json.tree());
  }

  @Test
  void codeStandsBeforeTheFile() {
    Path file = Page.write(directory, "limits: {rate: 100/1h}");
    try (Governor governor = Governor.fromConfig(file).callsPerHour(1).build()) {
      call(governor, "{}", "{}");

      assertThat(code(call(governor, "{}", "{}"))).isEqualTo("rate_limit");
    }
  }

  @Test
  void whatTheEngineDoesNotTakeYetIsRefusedNotIgnored() {
    for (String yaml :
        List.of(
            "rules: [{name: a, hide: {}}]",
            "shadow: [rls]",
            "tools: {a: {timeout: 1s}}",
            "masking: {level: strict}",
            "masking: {tools: {a: strict}}",
            "identity: {permissions: {scope: {a: PII_READ}}}",
            "grants: {users: {alice: {tenants: [acme]}}}")) {
      ConfigException e = catchThrowableOfType(ConfigException.class, () -> governor(yaml).close());

      assertThat(e).as(yaml).isNotNull();
      assertThat(e.problems())
          .singleElement()
          .satisfies(problem -> assertThat(yaml).startsWith(problem.path().split("\\.")[0]))
          .satisfies(problem -> assertThat(problem.message()).contains("no effect"));
    }
  }

  @Test
  void aBadFileIsAnIllegalArgumentThatNamesEveryProblem() {
    Path file = Page.write(directory, "limits: {rate: 1}\nlisten: x\n");

    assertThat(
            catchThrowableOfType(IllegalArgumentException.class, () -> Governor.fromConfig(file)))
        .isNotNull()
        .hasMessageContaining(file + ":1:16 limits.rate: ")
        .hasMessageContaining(file + ":2:9 listen: ");
  }
}
