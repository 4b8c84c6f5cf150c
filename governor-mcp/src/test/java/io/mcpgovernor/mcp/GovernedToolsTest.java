package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.ToolSchema;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library door over a real wire: real client, real HTTP server, real log. */
final class GovernedToolsTest {
  private static final Map<String, Object> CUSTOMER =
      Map.of(
          "name", "John Doe",
          "email", "john@example.com",
          "ssn", "123-45-6789",
          "balance", new BigDecimal("12345678901234567890.10"));
  private static final Map<String, Object> BY_ID =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of(
              "id", Map.of("type", "integer", "minimum", 1),
              "tenant_id", Map.of("type", "string"),
              "user_id", Map.of("type", "string"),
              "ssn", Map.of("type", "string")),
          "required",
          List.of("id"),
          "additionalProperties",
          false);

  @TempDir Path directory;

  private final AtomicInteger runs = new AtomicInteger();
  private Governor governor;
  private WireServer server;
  private McpSyncClient alice;

  @BeforeEach
  void start() throws Exception {
    governor = Governor.builder().auditTo(directory).build();
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");
    governor.grants().grantTenantAccess("bob", "acme");
    GovernedTools governed =
        GovernedTools.of(governor)
            .server("crm")
            .tool("get_customer", tool -> tool.requiresPii(true).userArgument("user_id"))
            .tool("export", tool -> tool.requiresPii(true).strict())
            .tool("slow", tool -> tool.timeout(Duration.ofMillis(100)));
    server =
        WireServer.sync(
            governed,
            List.of(
                tool("get_customer", request -> customer()),
                tool("export", request -> customer()),
                tool("ping", request -> text("pong")),
                tool("typed", typed(), request -> customer()),
                tool("formatted", formatted(), request -> customer()),
                tool("elsewhere", elsewhere(), request -> customer()),
                tool(
                    "broken",
                    request -> {
                      throw new IllegalStateException("Row: john@example.com");
                    }),
                tool(
                    "slow",
                    request -> {
                      sleep();
                      return text("late");
                    })));
    alice = server.client("alice");
  }

  @AfterEach
  void stop() throws Exception {
    alice.close();
    server.close();
    governor.close();
  }

  private SyncToolSpecification tool(
      String name, Function<CallToolRequest, CallToolResult> handler) {
    return tool(name, null, handler);
  }

  private SyncToolSpecification tool(
      String name,
      Map<String, Object> outputSchema,
      Function<CallToolRequest, CallToolResult> handler) {
    return SyncToolSpecification.builder()
        .tool(
            McpSchema.Tool.builder(name, BY_ID)
                .outputSchema(outputSchema)
                .annotations(ToolAnnotations.builder().readOnlyHint(false).build())
                .build())
        .callHandler(
            (exchange, request) -> {
              runs.incrementAndGet();
              return handler.apply(request);
            })
        .build();
  }

  private static Map<String, Object> typed() {
    return Map.of(
        "type", "object", "properties", Map.of("ssn", Map.of("enum", List.of("123-45-6789"))));
  }

  private static Map<String, Object> formatted() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "email",
            Map.of("type", "string", "format", "email"),
            "ssn",
            Map.of("pattern", "^\\d{3}-\\d{2}-\\d{4}$")));
  }

  private static Map<String, Object> elsewhere() {
    return Map.of("$ref", "https://schemas.example.com/customer.json");
  }

  private static CallToolResult customer() {
    return CallToolResult.builder()
        .addTextContent("Customer: " + new String(Json.of(CUSTOMER).utf8(), StandardCharsets.UTF_8))
        .structuredContent(CUSTOMER)
        .meta(Map.of("contact", "john@example.com"))
        .build();
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private CallToolResult denied(String code, CallToolResult result) {
    assertThat(result.isError()).isTrue();
    assertThat(result.meta()).containsKey("io.mcpgovernor/denial");
    Map<?, ?> denial = (Map<?, ?>) result.meta().get("io.mcpgovernor/denial");
    assertThat(denial.get("code")).isEqualTo(code);
    assertThat((List<?>) denial.get("suggestions")).isNotEmpty();
    assertThat(text(result)).contains(code, String.valueOf(denial.get("reason")));
    assertThat(record(0)).containsEntry("call_id", denial.get("decision_id"));
    return result;
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  private Map<String, Object> record(int newest) {
    return governor.readLogs(newest + 1).get(newest).object();
  }

  @Test
  void everyPartOfAResultIsMaskedAndTheRestIsExactlyAsTheToolSaidIt() {
    CallToolResult result = call(alice, "get_customer", Map.of("id", 1, "tenant_id", "acme"));

    assertThat(result.isError()).isFalse();
    assertThat(text(result))
        .contains("***@***.com", "***-**-6789", "John Doe", "12345678901234567890.10")
        .doesNotContain("john@", "123-45");
    assertThat(result.structuredContent())
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("email", "***@***.com")
        .containsEntry("ssn", "***-**-6789")
        .containsEntry("name", "John Doe");
    assertThat(result.meta()).containsEntry("contact", "***@***.com");
  }

  @Test
  void aStrictToolKeepsNothing() {
    CallToolResult result = call(alice, "export", Map.of("id", 1, "tenant_id", "acme"));

    assertThat(result.structuredContent().toString()).contains("***-**-****");
  }

  @Test
  void argumentsThatDoNotFitTheSchemaAreDeniedOnRecordAndWithoutTheirValues() {
    CallToolResult result =
        denied(
            "schema", call(alice, "get_customer", Map.of("id", "one", "john@example.com", true)));

    assertThat(text(result))
        .contains("/id must be of type integer")
        .doesNotContain("john@", "one\"");
    assertThat(runs).hasValue(0);
  }

  @Test
  void aForeignTenantIsDeniedAndOnlyOnesOwnAreNamed() {
    CallToolResult result =
        denied("rls", call(alice, "get_customer", Map.of("id", 1, "tenant_id", "globex")));

    assertThat(text(result)).contains("acme").doesNotContain("globex");
  }

  @Test
  void nobodyAndSomebodyElseAreDenied() {
    try (McpSyncClient nobody = server.client("")) {
      denied("identity", call(nobody, "ping", Map.of("id", 1)));
    }
    denied(
        "identity",
        call(alice, "get_customer", Map.of("id", 1, "tenant_id", "acme", "user_id", "bob")));
    assertThat(runs).hasValue(0);
  }

  @Test
  void aRevocationCountsForTheNextCall() {
    Map<String, Object> arguments = Map.of("id", 1, "tenant_id", "acme");
    try (McpSyncClient bob = server.client("bob")) {
      denied("pii_access", call(bob, "get_customer", arguments));
      governor.grants().grantPiiPermission("bob");
      assertThat(call(bob, "get_customer", arguments).isError()).isFalse();
      governor.grants().revokePiiPermission("bob");
      denied("pii_access", call(bob, "get_customer", arguments));
    }
  }

  @Test
  void aListShowsEachCallerOnlyTheToolsTheyMayUse() {
    assertThat(names(alice)).contains("get_customer", "export", "ping");
    try (McpSyncClient bob = server.client("bob");
        McpSyncClient nobody = server.client("")) {
      assertThat(names(bob)).contains("ping").doesNotContain("get_customer", "export");
      assertThat(names(nobody)).isEmpty();
    }
  }

  private static List<String> names(McpSyncClient client) {
    return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
  }

  @Test
  void aToolThatThrowsTellsTheClientNothingOfItsMessage() {
    CallToolResult result = denied("tool_error", call(alice, "broken", Map.of("id", 1)));

    assertThat(result.toString()).doesNotContain("john@", "IllegalState", "at io.");
    assertThat(record(0).toString()).doesNotContain("john@");
  }

  @Test
  void aSlowToolIsAnsweredInTime() {
    CallToolResult result = denied("timeout", call(alice, "slow", Map.of("id", 1)));

    assertThat(((Map<?, ?>) result.meta().get("io.mcpgovernor/denial")).get("executed"))
        .isEqualTo("unknown");
  }

  @Test
  void aMaskThatDoesNotFitTheOutputSchemaWithholdsTheResultAndTheRecordSaysSo() {
    CallToolResult result = denied("masking_failed", call(alice, "typed", Map.of("id", 1)));

    assertThat(text(result)).contains("/ssn must be one of").doesNotContain("123-45");
    assertThat(record(0)).containsEntry("status", "error").containsEntry("executed", "yes");
  }

  @Test
  void whereAMaskDoesNotFitTheOutputSchemaTheClientGetsASurrogateInContentAndText() {
    CallToolResult result = call(alice, "formatted", Map.of("id", 1));

    assertThat(result.isError()).isNotEqualTo(true);
    assertThat((Map<?, ?>) result.structuredContent())
        .extracting("email", "ssn")
        .containsExactly("masked@masked.invalid", "000-00-0000");
    assertThat(text(result))
        .contains("masked@masked.invalid", "000-00-0000")
        .doesNotContain("john@example.com", "123-45", "-6789");
    assertThat(ToolSchema.of(formatted()).problem(Json.of(result.structuredContent()))).isNull();
  }

  @Test
  void aResultIsWithheldIfNobodyCanReadTheOutputSchema() {
    CallToolResult result = denied("masking_failed", call(alice, "elsewhere", Map.of("id", 1)));

    assertThat(text(result)).contains("output schema cannot be used");
  }

  @Test
  void aMaskIsNotWrittenBack() {
    denied(
        "masked_value",
        call(alice, "get_customer", Map.of("id", 1, "tenant_id", "acme", "ssn", "000-00-0000")));
    denied(
        "masked_value",
        call(alice, "get_customer", Map.of("id", 1, "tenant_id", "acme", "ssn", "***-**-6789")));
  }

  @Test
  void anUnknownToolIsAnsweredByTheSdkItself() {
    int records = governor.readLogs(100).size();

    Throwable answer = catchThrowable(() -> call(alice, "nope", Map.of()));

    assertThat(answer).isInstanceOf(McpError.class).hasMessageContaining("Unknown tool");
    assertThat(governor.readLogs(100)).as("documented: off the record").hasSize(records);
  }

  @Test
  void whatCannotBeRegisteredIsRefusedWhenTheServerIsBuilt() {
    GovernedTools governed = GovernedTools.of(governor).server("crm");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.wrap(tool("ping", typed(), request -> text(""))))
        .withMessageContaining("another tool named ping");
  }
}
