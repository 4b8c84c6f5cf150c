package io.mcpgovernor.examples.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.examples.library.CustomerTools.Customer;
import io.mcpgovernor.examples.library.ExistingSystems.CompanyLogger;
import io.mcpgovernor.mcp.GovernedTools;
import io.mcpgovernor.pii.Sensitivity;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The how-to guides of docs/library.md and docs/policies.md, run. */
final class LibraryExamplesTest {
  private static final Customer JOHN =
      new Customer("c-17", "John Doe", "john@example.com", "123-45-6789");

  @TempDir Path directory;

  /** A company's logger: lines in memory, which can be told to fail. */
  private static final class Lines implements CompanyLogger {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    @Override
    public void log(String line) throws IOException {
      if (broken) {
        throw new IOException("disk full");
      }
      lines.add(line);
    }

    @Override
    public List<String> newest(int limit) {
      List<String> newest = new ArrayList<>(lines);
      Collections.reverse(newest);
      return newest.subList(0, Math.min(limit, newest.size()));
    }
  }

  private static void register(Governor governor, String tool, Sensitivity sensitivity) {
    governor
        .tools()
        .register(
            Tool.of("crm", Json.of(Map.of("name", tool))).requiresPii(false).build(), sensitivity);
  }

  private static CallOutcome call(Governor governor, String tool, Map<String, ?> arguments) {
    return call(governor, tool, arguments, Map.of("email", "john@example.com"));
  }

  private static CallOutcome call(
      Governor governor, String tool, Map<String, ?> arguments, Map<String, ?> result) {
    ToolHandler handler =
        call -> CompletableFuture.completedFuture(new ToolResult(Json.of(result), false));
    return governor.call(
        CallRequest.of("crm", tool, Json.of(arguments), Principal.verified("alice")), handler);
  }

  private static String code(CallOutcome outcome) {
    return ((Refused) outcome).denial().code().name();
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }

  @Test
  void aGovernedInterfaceAnswersMaskedAndDeniesWithReasons() {
    try (Governor governor =
        Governor.builder().auditTo(directory).durability(Durability.FLUSH).build()) {
      GovernedCustomers.Customers customers =
          GovernedCustomers.govern(
              governor, (id, tenant) -> JOHN, () -> Principal.verified("alice"));

      assertThat(GovernedCustomers.email(customers))
          .startsWith("Security policy violation: You have no access to")
          .contains("(rls)");
      governor.grants().grantTenantAccess("alice", "acme");
      governor.grants().grantPiiPermission("alice");
      assertThat(GovernedCustomers.email(customers)).isEqualTo("***@***.com");
    }
  }

  @Test
  void limitsAndRulesOfOnesOwnDecide() {
    try (Governor governor = OwnPolicies.limits(directory.resolve("limits"))) {
      register(governor, "read", Sensitivity.STANDARD);
      for (int i = 0; i < 20; i++) {
        assertThat(call(governor, "read", Map.of())).isInstanceOf(Released.class);
      }
      assertThat(code(call(governor, "read", Map.of()))).isEqualTo("rate_limit");
    }
    try (Governor governor = OwnPolicies.rule(directory.resolve("rule"))) {
      register(governor, "export", Sensitivity.STANDARD);
      assertThat(call(governor, "export", Map.of("limit", 1_000))).isInstanceOf(Released.class);
      assertThat(code(call(governor, "export", Map.of("limit", 1_001))))
          .isEqualTo("rule:no-bulk-export");
    }
  }

  @Test
  void grantsAndRevocationsCountAtOnceAndAreOnRecord() {
    try (Governor governor =
        Governor.builder().auditTo(directory).durability(Durability.FLUSH).build()) {
      OwnPolicies.grants(governor);

      assertThat(governor.readLogs(6))
          .hasSize(6)
          .allSatisfy(record -> assertThat(record.object()).containsEntry("event", "admin"));
    }
  }

  @Test
  void aCompanysLoggerGetsACopyAndMayFail() {
    Lines logger = new Lines();
    try (Governor governor = ExistingSystems.beside(directory, logger)) {
      register(governor, "read", Sensitivity.STANDARD);
      logger.broken = true;
      assertThat(call(governor, "read", Map.of())).isInstanceOf(Released.class);
    }
    logger.broken = false;
    try (Governor governor = ExistingSystems.beside(directory, logger)) {
      register(governor, "read", Sensitivity.STANDARD);
      assertThat(call(governor, "read", Map.of("mail", "john@example.com")))
          .isInstanceOf(Released.class);
    }
    assertThat(logger.lines).hasSize(2);
    assertThat(logger.lines.toString()).contains("***@***.com").doesNotContain("john@");
  }

  @Test
  void aCompanysLogInsteadOfOursDecidesWhatRuns() {
    Lines logger = new Lines();
    try (Governor governor = ExistingSystems.instead(logger)) {
      register(governor, "read", Sensitivity.STANDARD);
      assertThat(call(governor, "read", Map.of())).isInstanceOf(Released.class);
      assertThat(governor.readLogs(1).get(0).object()).containsEntry("event", "outcome");

      logger.broken = true;
      assertThat(code(call(governor, "read", Map.of()))).isEqualTo("audit_unavailable");
    }
  }

  @Test
  void columnsAndDetectorsOfOnesOwnMask() {
    try (Governor governor = ExistingSystems.masker(directory)) {
      register(governor, "get_customer", Sensitivity.STANDARD);
      Released released =
          (Released)
              call(
                  governor,
                  "get_customer",
                  Map.of(),
                  Map.of(
                      "customers", List.of(Map.of("nickname", "Johnny", "badge", "é B-123456")),
                      "birthday", "1970-01-01",
                      "city", "Berlin"));

      assertThat(released.result().object())
          .containsEntry("customers", List.of(Map.of("nickname", "***", "badge", "é B-******")))
          .containsEntry("birthday", "***")
          .containsEntry("city", "Berlin");
      assertThat(text(governor.readLogs(1).get(0))).doesNotContain("Johnny", "1970", "B-123456");
    }
  }

  @Test
  void kindsAndPlacesHaveLevelsAndModes() {
    try (Governor governor = ExistingSystems.levels(directory)) {
      register(governor, "find_customers", Sensitivity.STANDARD);
      Released released =
          (Released)
              call(
                  governor,
                  "find_customers",
                  Map.of(),
                  Map.of(
                      "structuredContent",
                      Map.of(
                          "customers",
                          List.of(
                              Map.of(
                                  "full_name", "Jane Doe",
                                  "ssn", "123-45-6789",
                                  "phone", "(555) 123-4567",
                                  "fax", "(555) 123-9999",
                                  "card", "1234-5678-9012-3456")))));

      assertThat(text(released.result()))
          .contains(
              "\"full_name\":\"***\"",
              "\"ssn\":\"[SSN]\"",
              "\"phone\":\"(***) ***-****\"",
              "\"fax\":\"(***) ***-9999\"",
              "\"card\":\"****-****-****-****\"");
    }
  }

  @Test
  void whoCallsIsSaidByClaimsContextOrTrustedArguments() {
    McpTransportContext token =
        CallerIdentity.ofVerifiedToken(
            Map.of("iss", "https://login.example", "sub", "alice", "tid", "acme"));
    assertThat(((Principal) token.get(GovernedTools.PRINCIPAL)).tenants()).containsExactly("acme");

    try (Governor governor =
        Governor.builder().auditTo(directory).durability(Durability.FLUSH).build()) {
      CustomerTools tools = new CustomerTools(Map.of());
      McpTransportContext account = McpTransportContext.create(Map.of("account", "bob"));
      CallToolResult result =
          CallerIdentity.ofContext(governor).statelessSyncTools(tools).stream()
              .filter(tool -> tool.tool().name().equals("whoami"))
              .findFirst()
              .orElseThrow()
              .callHandler()
              .apply(account, CallToolRequest.builder("whoami").build());
      assertThat(((TextContent) result.content().get(0)).text()).isEqualTo("bob");
    }
    try (Governor governor =
        CallerIdentity.ofArguments().auditTo(directory.resolve("trusting")).build()) {
      register(governor, "read", Sensitivity.STANDARD);
      CallRequest request =
          CallRequest.of("crm", "read", Json.of(Map.of("user_id", "carol")), null);
      governor.call(
          request, call -> CompletableFuture.completedFuture(new ToolResult(Json.NULL, false)));
      assertThat(governor.readLogs(1).get(0).object()).containsEntry("user_id", "carol");
    }
  }

  @Test
  void serversThatShareAGovernorShareItsLimits() {
    try (Governor governor =
        Governor.builder()
            .callsPerHour(1)
            .auditTo(directory)
            .durability(Durability.FLUSH)
            .build()) {
      McpTransportContext alice =
          McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified("alice")));
      List<CallToolResult> results =
          SharedGovernor.servers(governor).stream()
              .map(
                  server ->
                      server.statelessSyncTools(new CustomerTools(Map.of())).stream()
                          .filter(tool -> tool.tool().name().equals("whoami"))
                          .findFirst()
                          .orElseThrow()
                          .callHandler()
                          .apply(alice, CallToolRequest.builder("whoami").build()))
              .toList();

      assertThat(results.get(0).isError()).isNotEqualTo(true);
      assertThat(((TextContent) results.get(1).content().get(0)).text())
          .startsWith("Denied (rate_limit)");
      assertThat(governor.readLogs(1).get(0).object()).containsEntry("server", "erp");
    }
  }
}
