package io.mcpgovernor.examples.spring;

import static io.mcpgovernor.examples.spring.Client.denial;
import static io.mcpgovernor.examples.spring.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The application as it is started, over a real wire, with real clients and the real log. */
final class CustomerApplicationTest {
  private static final Map<String, Object> JOHN = Map.of("customerId", "c-1", "tenantId", "acme");

  @TempDir static Path directory;

  private static ConfigurableApplicationContext application;

  private Client client;

  /** One more tool of the application, whose package is scanned: it asks a thread-local. */
  @Component
  static final class RequestTools {
    @McpTool(name = "request_path", description = "The path of the request that calls.")
    String path() {
      return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
          .getRequest()
          .getRequestURI();
    }
  }

  @BeforeAll
  static void start() {
    application =
        SpringApplication.run(
            CustomerApplication.class,
            "--server.port=0",
            "--server.shutdown=immediate",
            "--governor.audit=" + directory,
            "--spring.main.banner-mode=off");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  private void connect(String user) {
    client = new Client(application, user);
  }

  @Test
  void whatAnAnnotatedMethodReturnsIsMaskedAsTextAndAsStructure() {
    connect("alice");

    CallToolResult result = client.call("get_customer", JOHN);

    Map<String, String> masked =
        Map.of(
            "id", "c-1",
            "tenant", "acme",
            "name", "John Doe",
            "email", "***@***.com",
            "phone", "(***) ***-4567",
            "ssn", "***-**-6789",
            "card", "****-****-****-3456");
    assertThat(result.isError()).isNotEqualTo(true);
    assertThat(result.structuredContent()).isEqualTo(masked);
    assertThat(Json.text(text(result)).object()).isEqualTo(masked);
  }

  @Test
  void jsonInsideTheTextOfAnAnnotatedMethodIsMasked() {
    connect("alice");

    String found =
        text(client.call("search_customers", Map.of("tenantId", "acme", "text", "jane")));

    assertThat(found)
        .contains("Jane Roe", "***@***.com", "***-**-****")
        .doesNotContain("jane@", "9876", "4321", "1111");
  }

  @Test
  void aToolCallbackIsGovernedLikeAnAnnotatedMethod() {
    connect("alice");

    assertThat(text(client.call("list_tickets", Map.of("tenantId", "acme"))))
        .contains("Call John back: (***) ***-4567, before noon.");
    assertThat(denial(client.call("list_tickets", Map.of("tenantId", "globex"))).get("code"))
        .isEqualTo("rls");
  }

  @Test
  void aTenantOfOthersIsDeniedWithACodeAndAWayOut() {
    connect("alice");

    CallToolResult result =
        client.call("get_customer", Map.of("customerId", "c-3", "tenantId", "globex"));

    assertThat(denial(result).get("code")).isEqualTo("rls");
    assertThat(denial(result).get("executed")).isEqualTo("no");
    assertThat(text(result)).contains("Call again for a tenant you have access to: acme.");
  }

  @Test
  void nobodyIsDeniedAndSeesNoTools() {
    connect("");

    assertThat(denial(client.call("count_customers", Map.of("tenantId", "acme"))).get("code"))
        .isEqualTo("identity");
    assertThat(client.tools()).isEmpty();
  }

  @Test
  void eachCallerSeesTheToolsTheyMayUse() {
    connect("alice");
    List<String> ofAlice = client.toolNames();
    client.close();
    connect("bob");

    assertThat(ofAlice)
        .containsExactlyInAnyOrder(
            "get_customer",
            "search_customers",
            "count_customers",
            "whoami",
            "list_tickets",
            "request_path");
    assertThat(client.toolNames())
        .containsExactlyInAnyOrder("count_customers", "whoami", "list_tickets", "request_path");
  }

  @Test
  void theClientSeesWhatTheAnnotationSays() {
    connect("alice");

    Tool tool =
        client.tools().stream()
            .filter(candidate -> candidate.name().equals("get_customer"))
            .findFirst()
            .orElseThrow();

    assertThat(tool.description()).isEqualTo("One customer with contact data and payment card.");
    assertThat(tool.annotations().readOnlyHint()).isTrue();
    assertThat(tool.inputSchema().get("required")).isEqualTo(List.of("customerId", "tenantId"));
    assertThat(tool.outputSchema()).containsKey("properties");
  }

  @Test
  void argumentsThatDoNotFitAreDeniedOnRecordAndNotByTheSdk() {
    connect("alice");

    CallToolResult result = client.call("get_customer", Map.of("tenantId", "acme"));

    assertThat(denial(result).get("code")).isEqualTo("schema");
    assertThat(application.getBean(Governor.class).readLogs(1).get(0).object())
        .containsEntry("event", "denied");
  }

  @Test
  void whatAToolSaysOfItsFailureIsMaskedToo() {
    connect("alice");

    CallToolResult result =
        client.call("get_customer", Map.of("customerId", "123-45-6789", "tenantId", "acme"));

    assertThat(result.isError()).isTrue();
    assertThat(text(result)).contains("There is no customer ***-**-6789.");
  }

  @Test
  void aToolFindsItsCallerInTheTransportContext() {
    connect("bob");

    assertThat(text(client.call("whoami", Map.of()))).isEqualTo("bob");
  }

  @Test
  void aToolFindsTheThreadLocalsOfItsRequest() {
    connect("alice");

    assertThat(text(client.call("request_path", Map.of()))).isEqualTo("/mcp");
  }

  @Test
  void eachCallIsOnRecordInTheAuditDirectoryAndItsDataIsNot() throws IOException {
    connect("alice");

    client.call("get_customer", JOHN);

    List<Json> records = application.getBean(Governor.class).readLogs(2);
    assertThat(records.get(1).object())
        .containsEntry("event", "attempt")
        .containsEntry("user_id", "alice")
        .containsEntry("tenant_id", "acme")
        .containsEntry("tool_name", "get_customer");
    assertThat(records.get(0).object()).containsEntry("status", "success");
    assertThat(files()).contains("get_customer").doesNotContain("john@example.com", "123-45-6789");
  }

  private static String files() throws IOException {
    StringBuilder content = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
        content.append(Files.readString(file));
      }
    }
    return content.toString();
  }
}
