package io.mcpgovernor.examples.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomerServerTest {

  private final CustomerDatabase database = CustomerDatabase.open();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aClientListsAndCallsEveryTool() throws Exception {
    try (CustomerServer server = CustomerServer.start(CustomerTools.over(database));
        McpSyncClient client = client(server.uri())) {
      client.initialize();

      assertThat(client.listTools().tools())
          .extracting(Tool::name)
          .containsExactly(
              "get_customer_profile",
              "search_orders",
              "run_report",
              "export_customers",
              "update_customer");

      assertThat(
              success(
                  client,
                  "get_customer_profile",
                  Map.of("tenant_id", "acme", "customer_id", "C-1001")))
          .isEqualTo(Map.of("customer", database.customer("acme", "C-1001").orElseThrow().json()));

      Map<?, ?> orders =
          success(
              client,
              "search_orders",
              Map.of("tenant_id", "globex", "status", "returned", "limit", 3));
      assertThat((List<?>) orders.get("orders"))
          .hasSize(3)
          .allSatisfy(order -> assertThat(((Map<?, ?>) order).get("status")).isEqualTo("returned"));

      assertThat(
              success(
                  client,
                  "run_report",
                  Map.of(
                      "tenant_id",
                      "acme",
                      "sql",
                      "SELECT id, email FROM customers WHERE id = 'C-1001'")))
          .isEqualTo(
              Map.of(
                  "columns",
                  List.of("ID", "EMAIL"),
                  "rows",
                  List.of(List.of("C-1001", "john@example.com")),
                  "truncated",
                  false));

      Map<?, ?> export =
          success(client, "export_customers", Map.of("tenant_id", "acme", "limit", 5_000));
      assertThat((List<?>) export.get("customers"))
          .hasSize(database.customers("acme", 5_000).size());

      Map<?, ?> updated =
          success(
              client,
              "update_customer",
              Map.of("tenant_id", "acme", "customer_id", "C-1001", "notes", "Moved."));
      assertThat((Map<?, ?>) updated.get("customer"))
          .extracting("notes", "email")
          .containsExactly("Moved.", "john@example.com");
    }
  }

  @Test
  void everyToolSaysWhatItTakesAndWhetherItWrites() {
    List<Tool> tools =
        CustomerTools.over(database).stream().map(SyncToolSpecification::tool).toList();

    assertThat(tools)
        .allSatisfy(
            tool -> {
              assertThat(tool.title()).isNotBlank();
              assertThat(tool.description()).isNotBlank();
              assertThat(tool.inputSchema()).containsEntry("additionalProperties", false);
              assertThat(tool.inputSchema().get("properties"))
                  .asInstanceOf(MAP)
                  .containsKey("tenant_id");
              boolean writes = tool.name().equals("update_customer");
              assertThat(tool.annotations().readOnlyHint()).isEqualTo(!writes);
              assertThat(tool.annotations().destructiveHint()).isEqualTo(writes ? true : null);
            });
    assertThat(tools)
        .filteredOn(tool -> !required(tool).contains("tenant_id"))
        .extracting(Tool::name)
        .containsExactly("search_orders");
    assertThat(tools)
        .filteredOn(tool -> tool.outputSchema() != null)
        .extracting(Tool::name)
        .containsExactly("get_customer_profile", "update_customer");
  }

  @Test
  void aCallThatBreaksTheSchemaIsRefused() {
    try (CustomerServer server = CustomerServer.start(CustomerTools.over(database));
        McpSyncClient client = client(server.uri())) {
      client.initialize();

      assertThat(
              List.of(
                  call(client, "get_customer_profile", Map.of("customer_id", "C-1001")),
                  call(client, "search_orders", Map.of("tenant_id", "acme", "status", "lost")),
                  call(client, "search_orders", Map.of("tenant_id", "acme", "limit", 101)),
                  call(client, "run_report", Map.of("tenant_id", "acme", "sql", "")),
                  call(client, "export_customers", Map.of("tenant_id", "acme", "limit", 0)),
                  call(client, "export_customers", Map.of("tenant_id", "acme", "offset", 1)),
                  call(
                      client,
                      "update_customer",
                      Map.of("tenant_id", "acme", "customer_id", "C-1001"))))
          .allMatch(CallToolResult::isError);
    }
  }

  @Test
  void anUnknownCustomerIsAnErrorWithAShortText() {
    try (CustomerServer server = CustomerServer.start(CustomerTools.over(database));
        McpSyncClient client = client(server.uri())) {
      client.initialize();

      for (String tool : List.of("get_customer_profile", "update_customer")) {
        Map<String, Object> arguments =
            tool.equals("update_customer")
                ? Map.of("tenant_id", "globex", "customer_id", "C-1001", "notes", "x")
                : Map.of("tenant_id", "globex", "customer_id", "C-1001");
        CallToolResult result = call(client, tool, arguments);
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).isEqualTo("No such customer.");
      }
    }
  }

  /** This is what governance has to mend; the demo shows both sides. */
  @Test
  void withoutGovernanceAFailedReportTellsTheClientStoredData() {
    try (CustomerServer server = CustomerServer.start(CustomerTools.over(database));
        McpSyncClient client = client(server.uri())) {
      client.initialize();

      assertThatThrownBy(
              () ->
                  call(
                      client,
                      "run_report",
                      Map.of("tenant_id", "acme", "sql", "SELECT CAST(ssn AS INT) FROM customers")))
          .isInstanceOf(McpError.class)
          .hasMessageContaining("123-45-6789");
    }
  }

  @Test
  void theOwnerSetsContextAndSettingsAndMayWrapTheTools() {
    List<Object> seen = new CopyOnWriteArrayList<>();
    List<SyncToolSpecification> wrapped =
        CustomerTools.over(database).stream()
            .map(
                tool ->
                    new SyncToolSpecification(
                        tool.tool(),
                        (exchange, request) -> {
                          seen.add(exchange.transportContext().get("path"));
                          return tool.callHandler().apply(exchange, request);
                        }))
            .toList();
    try (CustomerServer server =
            CustomerServer.start(
                0,
                wrapped,
                request -> McpTransportContext.create(Map.of("path", request.getRequestURI())),
                settings -> settings.validateToolInputs(false));
        McpSyncClient client = client(server.uri())) {
      client.initialize();

      // The SDK would have answered this itself, had its own check not been switched off.
      assertThatThrownBy(() -> call(client, "search_orders", Map.of("nonsense", 1)))
          .hasMessageContaining("tenant_id is missing");
      assertThat(seen).containsExactly("/mcp");
    }
  }

  @Test
  void aRequestThatABrowserSendsForAnotherSiteIsRefused() throws Exception {
    try (CustomerServer server = CustomerServer.start(CustomerTools.over(database));
        Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
      String request =
          """
          POST /mcp HTTP/1.1
          Host: rebound.example.com
          Accept: application/json, text/event-stream
          Content-Type: application/json
          Content-Length: 2
          Connection: close

          {}"""
              .replace("\n", "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(answer).startsWith("HTTP/1.1 4");
      assertThat(answer).contains("Host");
    }
  }

  @Test
  void closingIsQuickAndLeavesNoThreadThatKeepsTheProgramAlive() {
    Set<Thread> before = keepingAlive();
    CustomerServer server = CustomerServer.start(CustomerTools.over(database));
    try (McpSyncClient client = client(server.uri())) {
      client.initialize();
      call(client, "search_orders", Map.of("tenant_id", "acme"));

      // The client is still there, and listens to the server's events.
      long start = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
    Set<Thread> left = new HashSet<>(keepingAlive());
    left.removeAll(before);
    assertThat(left).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsAnError() {
    try (CustomerServer server = CustomerServer.start(CustomerTools.over(database))) {
      assertThatThrownBy(
              () ->
                  CustomerServer.start(
                      server.uri().getPort(),
                      List.of(),
                      request -> McpTransportContext.EMPTY,
                      settings -> settings))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + server.uri().getPort());
    }
  }

  private static McpSyncClient client(URI uri) {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder(uri.resolve("/").toString())
                .endpoint(uri.getPath())
                .build())
        .build();
  }

  private static CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  /** The structured content, which the text must equal. */
  private static Map<?, ?> success(McpSyncClient client, String tool, Map<String, Object> arguments)
      throws Exception {
    CallToolResult result = call(client, tool, arguments);
    assertThat(result.isError()).as(text(result)).isFalse();
    Map<?, ?> structured = (Map<?, ?>) result.structuredContent();
    assertThat(structured)
        .isEqualTo(McpJsonDefaults.getMapper().readValue(text(result), Map.class));
    return structured;
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  private static List<?> required(Tool tool) {
    return tool.inputSchema().get("required") instanceof List<?> names ? names : List.of();
  }

  private static Set<Thread> keepingAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toSet());
  }
}
