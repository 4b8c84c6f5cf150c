package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten examples of docs/policies.md, as they stand there, on real calls. */
final class PoliciesPageTest {
  /** A Wednesday, 10:00 in Vienna. */
  private static final Instant WORKING = Instant.parse("2026-01-14T09:00:00Z");

  @TempDir private Path directory;

  private Instant now = WORKING;
  private Governor governor;

  @BeforeEach
  void start() throws IOException {
    String page = Files.readString(Path.of("../docs/policies.md"));
    Matcher yaml =
        Pattern.compile("### Ten examples\\R+```yaml\\R(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(yaml.find()).isTrue();
    Path file = Files.writeString(directory.resolve("governor.yaml"), yaml.group(1));
    assertThat(ConfigFile.read(file).config().rules()).hasSize(10);
    TimeSource clock =
        new TimeSource() {
          @Override
          public Instant now() {
            return now;
          }

          @Override
          public long nanos() {
            return System.nanoTime();
          }
        };
    governor =
        Governor.fromConfig(
            file,
            settings ->
                settings
                    .timeSource(clock)
                    .complexityBelow(1_000)
                    .disable(DenialCode.PII_ACCESS, "not what this is about"));
    for (String name : List.of("export", "search_orders", "delete_order", "admin_users")) {
      register("crm", name, Set.of());
    }
    register("crm", "purge", Set.of("destructive"));
    register("web", "fetch", Set.of());
  }

  @AfterEach
  void stop() {
    governor.close();
  }

  private void register(String server, String name, Set<String> tags) {
    Json definition = Json.of(Map.of("name", name));
    governor
        .tools()
        .register(
            Tool.of(server, definition).tags(tags).tenantScoped(false).build(),
            Sensitivity.STANDARD);
  }

  private CallOutcome call(
      Set<String> roles, String server, String tool, Map<String, ?> arguments) {
    return call(
        roles, server, tool, arguments, "{\"who\": \"Ms. Jane Roe\", \"ssn\": \"123-45-6789\"}");
  }

  private CallOutcome call(
      Set<String> roles, String server, String tool, Map<String, ?> arguments, String result) {
    Principal alice = Principal.verified("alice").withRoles(roles);
    return governor.call(
        CallRequest.of(server, tool, Json.of(arguments), alice),
        it -> CompletableFuture.completedFuture(new ToolResult(Json.text(result), false)));
  }

  private static String code(CallOutcome outcome) {
    return outcome instanceof Refused refused ? refused.denial().code().name() : "allowed";
  }

  private String code(String server, String tool, Map<String, ?> arguments) {
    return code(call(Set.of(), server, tool, arguments));
  }

  @Test
  void bulkExports() {
    assertThat(code("crm", "export", Map.of("limit", 1_000))).isEqualTo("allowed");
    assertThat(code("crm", "export", Map.of("limit", 1_001))).isEqualTo("rule:no-bulk-export");
    assertThat(code("crm", "export", Map.of())).isEqualTo("rule:no-bulk-export");
    assertThat(code("crm", "export", Map.of("limit", "all"))).isEqualTo("rule:no-bulk-export");
  }

  @Test
  void workingHours() {
    for (String closed : List.of("2026-01-14T17:00:00Z", "2026-01-17T11:00:00Z")) {
      now = Instant.parse(closed);
      assertThat(code("crm", "delete_order", Map.of())).isEqualTo("rule:working-hours");
    }
    now = Instant.parse("2026-07-15T15:59:59Z"); // summer time
    assertThat(code("crm", "delete_order", Map.of())).isEqualTo("allowed");
  }

  @Test
  void rolesAndTags() {
    assertThat(code("crm", "purge", Map.of())).isEqualTo("rule:destructive-needs-operator");
    assertThat(code(call(Set.of("operator"), "crm", "purge", Map.of()))).isEqualTo("allowed");
    assertThat(code(call(Set.of("reader"), "crm", "delete_order", Map.of())))
        .isEqualTo("rule:readers-only-read");
  }

  @Test
  void aLimitOfItsOwn() {
    for (int i = 0; i < 10; i++) {
      assertThat(code("crm", "search_orders", Map.of())).isEqualTo("allowed");
    }
    assertThat(code("crm", "search_orders", Map.of())).isEqualTo("rule:slow-search");
    assertThat(code("crm", "delete_order", Map.of())).isEqualTo("allowed");
  }

  @Test
  void tenants() {
    governor.grants().grantTenantAccess(Subject.user("alice"), "globex");
    governor.grants().grantTenantAccess(Subject.user("alice"), "acme");
    Released acme = (Released) call(Set.of(), "crm", "delete_order", Map.of("tenant_id", "acme"));
    Released globex =
        (Released) call(Set.of(), "crm", "delete_order", Map.of("tenant_id", "globex"));
    assertThat(acme.result().tree().toString()).contains("6789", "Jane Roe");
    assertThat(globex.result().tree().toString()).doesNotContain("6789").doesNotContain("Jane Roe");
  }

  @Test
  void whatMustNotLeave() {
    assertThat(code("web", "fetch", Map.of("q", "weather in Vienna"))).isEqualTo("allowed");
    Refused refused =
        (Refused) call(Set.of(), "web", "fetch", Map.of("q", "who is jane@example.com"));
    assertThat(refused.denial().code().name()).isEqualTo("rule:no-pii-to-the-web");
    assertThat(refused.denial().reason()).contains("1 e-mail").doesNotContain("jane");
    String large = "{\"rows\": \"" + "x".repeat(1_000_000) + "\"}";
    assertThat(code(call(Set.of(), "crm", "delete_order", Map.of(), large)))
        .isEqualTo("rule:small-results");
  }

  @Test
  void hiddenTools() {
    assertThat(code("crm", "admin_users", Map.of())).isEqualTo("unknown_tool");
    assertThat(governor.mayUse(Principal.verified("alice"), "crm", "admin_users")).isFalse();
    assertThat(code(call(Set.of("admin"), "crm", "admin_users", Map.of()))).isEqualTo("allowed");
  }
}
