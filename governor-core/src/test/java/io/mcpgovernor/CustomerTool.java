package io.mcpgovernor;

import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The tool that tests of the engine call: it answers a customer's data and counts its runs. */
final class CustomerTool {
  static final String SERVER = "crm";
  static final Principal ALICE = Principal.verified("alice");
  static final String RAW =
      """
      {"name":"John Doe","email":"john@example.com","phone":"(555) 123-4567","ssn":"123-45-6789",\
      "card":"1234-5678-9012-3456","note":"call 555-123-4567"}""";

  final AtomicInteger runs = new AtomicInteger();

  /** Registers it, reading PII and bound to a tenant. */
  static Tool.Builder definition(String name) {
    return Tool.of(
            SERVER,
            Json.of(
                Map.of(
                    "name",
                    name,
                    "inputSchema",
                    Map.of("type", "object", "properties", Map.of("tenant_id", Map.of())))))
        .requiresPii(true);
  }

  /** Registers it and grants alice what it takes. */
  static void allowAlice(Governor governor) {
    governor.tools().register(definition("get_customer").build(), Sensitivity.STANDARD);
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");
  }

  ToolHandler handler() {
    return call -> {
      runs.incrementAndGet();
      return CompletableFuture.completedFuture(new ToolResult(Json.text(RAW), false));
    };
  }

  static CallRequest call(Map<String, ?> arguments) {
    return CallRequest.of(SERVER, "get_customer", Json.of(arguments), ALICE);
  }

  static CallRequest call() {
    return call(Map.of("id", 1, "tenant_id", "acme"));
  }
}
