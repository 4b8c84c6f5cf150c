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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says is what the engine does. */
final class ConfiguredGovernorTest {
  private static final String PERSON =
      "{\"mail\": \"john@example.com\", \"code\": \"X-99\", \"ssn\": \"123-45-6789\","
          + " \"phone\": \"555-123-4567\"}";

  @TempDir private Path directory;

  private Governor governor(String yaml) {
    return Governor.fromConfig(Page.write(directory, yaml));
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
    try (Governor governor = Governor.fromConfig(file)) {
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
    try (Governor governor = Governor.fromConfig(file, builder -> builder.callsPerHour(1))) {
      call(governor, "{}", "{}");

      assertThat(code(call(governor, "{}", "{}"))).isEqualTo("rate_limit");
    }
  }

  @Test
  void rulesGrantsShadowAndWhatIsSaidOfToolsHold() {
    String yaml =
        """
        rules:
          - name: no-bulk
            when: 'args.limit > 10'
            deny: {reason: "At most 10, not {args.limit}.", suggestions: [Ask for less.]}
        shadow: [complexity]
        limits: {complexity: 1}
        masking: {level: strict}
        tools: {lookup: {requires_pii: true}}
        grants: {users: {alice: {permissions: [PII_READ]}}}
        """;
    try (Governor governor = governor(yaml)) {
      Refused refused = (Refused) call(governor, "{\"limit\": 11}", PERSON);
      assertThat(refused.denial().code().name()).isEqualTo("rule:no-bulk");
      assertThat(refused.denial().reason()).isEqualTo("At most 10, not 11.");
      Released released = (Released) call(governor, "{\"limit\": 10}", PERSON);
      assertThat(released.result().tree().toString()).doesNotContain("6789");
      assertThat(code(call(governor, "{}", PERSON)))
          .as("limit is missing")
          .isEqualTo("rule:no-bulk");
    }
    try (Governor governor = governor("tools: {crm.lookup: {requires_pii: true}}")) {
      assertThat(code(call(governor, "{}", PERSON))).isEqualTo("pii_access");
    }
  }

  @Test
  void aRuleThatIsWrongIsNamedWithItsPlaceInTheFile() {
    String yaml =
        """
        rules:
          - name: typo
            when: 'args.limit > 1 && tool.nmae == "x"'
            hide: {}
        """;
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> governor(yaml).close());

    assertThat(e).isNotNull();
    assertThat(e.problems().get(0).toString())
        .contains("governor.yaml:3:")
        .contains("rules[0].when");
  }

  @Test
  void whatTheFileSaysNextHoldsFromTheNextCallOnOrNotAtAll() throws Exception {
    Path file = Page.write(directory, "limits: {rate: 100/1h}");
    List<String> rates = new ArrayList<>();
    try (Governor governor =
        Governor.fromConfig(
            file,
            builder -> {
              rates.add("read");
              return builder;
            })) {
      assertThat(call(governor, "{}", "{}")).isInstanceOf(Released.class);
      String before = governor.policyVersion();
      Page.write(directory, "limits: {rate: 1/1h}");
      awaitUntil(() -> !governor.policyVersion().equals(before));
      assertThat(code(call(governor, "{}", "{}"))).as("one was made").isEqualTo("rate_limit");
      String now = governor.policyVersion();
      Page.write(directory, "limits: {rate: many}");
      Thread.sleep(2_500); // it looks every second and believes what it has seen twice
      assertThat(governor.policyVersion()).isEqualTo(now);
      assertThat(rates).hasSize(2);
    }
  }

  private static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(until);
      Thread.sleep(20);
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
