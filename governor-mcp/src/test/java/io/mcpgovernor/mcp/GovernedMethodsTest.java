package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.method.ToolParam;
import io.mcpgovernor.pii.Sensitivity;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Marked methods as tools, over a real wire and in every shape of server. */
final class GovernedMethodsTest {
  record Customer(String id, String email, @Nullable String phone, BigDecimal credit) {}

  static class CustomerTools {
    @GovernedTool(
        name = "get_customer",
        title = "Customer",
        description = "A customer by id",
        requiresPii = true,
        sensitivity = Sensitivity.STRICT,
        readOnly = true)
    Customer byId(
        @ToolParam(description = "the customer's id") String id,
        @Nullable String tenant_id,
        Principal caller) {
      return new Customer(
          id + " for " + caller.subject(),
          "john@example.com",
          "(555) 123-4567",
          new BigDecimal("12345678901234567890.10"));
    }

    @GovernedTool(tenantFree = true)
    CompletionStage<List<String>> mails() {
      return CompletableFuture.supplyAsync(() -> List.of("john@example.com", "nothing"));
    }

    @GovernedTool(tenantFree = true)
    Mono<String> greeting(String name) {
      return Mono.deferContextual(
          context ->
              Mono.just("Hello " + name + ", context: " + context.hasKey(McpTransportContext.KEY)));
    }

    @GovernedTool(tenantFree = true)
    void touch(ToolCall call, McpTransportContext context) {
      assertThat(call.principal().subject()).isEqualTo("alice");
      assertThat(context.get(GovernedTools.PRINCIPAL)).isNotNull();
    }

    @GovernedTool(tenantFree = true)
    @Nullable Customer none() {
      return null;
    }

    @GovernedTool(tenantFree = true)
    Customer forgotten() {
      return null;
    }

    @GovernedTool(tenantFree = true, timeoutMillis = 50)
    CompletableFuture<String> never() {
      return new CompletableFuture<>();
    }

    @GovernedTool(tenantFree = true)
    CallToolResult ready() {
      return CallToolResult.builder().addTextContent("call (555) 123-4567").build();
    }
  }

  @TempDir Path directory;

  private Governor governor;
  private GovernedTools governed;
  private WireServer server;
  private McpSyncClient alice;

  @BeforeEach
  void start() throws Exception {
    governor = Governor.builder().auditTo(directory).durability(Durability.FLUSH).build();
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");
    governed = GovernedTools.of(governor).server("crm");
    server = WireServer.sync(governed, governed.syncTools(new CustomerTools()));
    alice = server.client("alice");
  }

  @AfterEach
  void stop() throws Exception {
    alice.close();
    server.close();
    governor.close();
  }

  private CallToolResult call(String tool, Map<String, Object> arguments) {
    return alice.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  private static Object denialCode(CallToolResult result) {
    assertThat(result.isError()).isTrue();
    return ((Map<?, ?>) result.meta().get("io.mcpgovernor/denial")).get("code");
  }

  @Test
  void clientsSeeTheDefinitionOfTheMethod() {
    McpSchema.Tool tool =
        alice.listTools().tools().stream()
            .filter(each -> each.name().equals("get_customer"))
            .findFirst()
            .orElseThrow();

    assertThat(tool.title()).isEqualTo("Customer");
    assertThat(tool.description()).isEqualTo("A customer by id");
    assertThat(tool.annotations().readOnlyHint()).isTrue();
    assertThat(tool.inputSchema())
        .containsEntry("required", List.of("id"))
        .extractingByKey("properties", InstanceOfAssertFactories.map(String.class, Object.class))
        .containsOnlyKeys("id", "tenant_id");
    assertThat(tool.outputSchema()).containsEntry("type", "object");
  }

  @Test
  void aRecordIsToldAsStructureAndAsTextAndBothAreMasked() {
    CallToolResult result = call("get_customer", Map.of("id", "c1"));

    assertThat(result.isError()).isNotEqualTo(true);
    assertThat(result.structuredContent())
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("id", "c1 for alice")
        .containsEntry("email", "***@***.com")
        .containsEntry("phone", "(***) ***-****");
    assertThat(text(result))
        .contains("***@***.com", "(***) ***-****", "12345678901234567890.10")
        .doesNotContain("john@", "4567\"");
  }

  @Test
  void everyKindOfAnswerArrives() {
    CallToolResult mails = call("mails", Map.of());
    assertThat(mails.structuredContent())
        .isEqualTo(Map.of("result", List.of("***@***.com", "nothing")));
    assertThat(text(mails)).isEqualTo("[\"***@***.com\",\"nothing\"]");
    assertThat(text(call("greeting", Map.of("name", "Ann")))).isEqualTo("Hello Ann, context: true");
    assertThat(call("touch", Map.of()).content()).isEmpty();
    CallToolResult none = call("none", Map.of());
    assertThat(none.isError()).isNotEqualTo(true);
    assertThat(text(none)).isEqualTo("null");
    assertThat(text(call("ready", Map.of()))).isEqualTo("call (***) ***-4567");
  }

  @Test
  void methodsThatAnswerNothingOrNeverAreDenials() {
    assertThat(denialCode(call("forgotten", Map.of()))).isEqualTo("tool_error");
    assertThat(denialCode(call("never", Map.of()))).isEqualTo("timeout");
    assertThat(denialCode(call("get_customer", Map.of("id", 7)))).isEqualTo("schema");
    assertThat(denialCode(call("get_customer", Map.of("id", "c1", "tenant_id", "globex"))))
        .isEqualTo("rls");
  }

  @Test
  void theSameObjectServesEveryShapeOfServer() {
    McpTransportContext context =
        McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified("alice")));
    CallToolRequest request =
        CallToolRequest.builder("get_customer").arguments(Map.of("id", "c1")).build();
    CallToolResult stateless =
        governed.statelessSyncTools(new CustomerTools()).stream()
            .filter(tool -> tool.tool().name().equals("get_customer"))
            .findFirst()
            .orElseThrow()
            .callHandler()
            .apply(context, request);
    CallToolResult statelessAsync =
        governed.statelessAsyncTools(new CustomerTools()).stream()
            .filter(tool -> tool.tool().name().equals("get_customer"))
            .findFirst()
            .orElseThrow()
            .callHandler()
            .apply(context, request)
            .block();

    assertThat(stateless.structuredContent())
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("email", "***@***.com")
        .containsEntry("credit", new BigDecimal("12345678901234567890.10"));
    assertThat(statelessAsync).isEqualTo(stateless);
    assertThat(governed.asyncTools(new CustomerTools())).hasSize(8);
  }

  static class AsksSync {
    @GovernedTool
    void ask(McpSyncServerExchange exchange) {}
  }

  static class AsksAsync {
    @GovernedTool
    void ask(McpAsyncServerExchange exchange) {}
  }

  @Test
  void whatAServerDoesNotHaveCannotBeAskedFor() {
    assertThat(governed.syncTools(new AsksSync())).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.asyncTools(new AsksSync()))
        .withMessageContaining("McpSyncServerExchange");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.syncTools(new AsksAsync()))
        .withMessageContaining("McpAsyncServerExchange");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.statelessSyncTools(new AsksSync()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.statelessAsyncTools(new AsksAsync()));
  }

  static class Framework {
    @GovernedTool(name = "lookup", requiresPii = true, sensitivity = Sensitivity.STRICT)
    void lookup() {}
  }

  @Test
  void anAnnotationGovernsAToolThatAFrameworkMade() {
    GovernedTools declared = GovernedTools.of(governor).server("spring").declare(Framework.class);
    SyncToolSpecification made =
        SyncToolSpecification.builder()
            .tool(McpSchema.Tool.builder("lookup", Map.of("type", "object")).build())
            .callHandler(
                (exchange, request) ->
                    CallToolResult.builder().addTextContent("(555) 123-4567").build())
            .build();
    SyncToolSpecification wrapped = declared.wrap(made);

    assertThat(governor.mayUse(Principal.verified("bob"), "spring", "lookup")).isFalse();
    assertThat(governor.mayUse(Principal.verified("alice"), "spring", "lookup")).isTrue();
    assertThat(declared.wrap(wrapped)).isSameAs(wrapped);
  }
}
