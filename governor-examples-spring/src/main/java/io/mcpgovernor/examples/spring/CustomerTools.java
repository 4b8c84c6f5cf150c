package io.mcpgovernor.examples.spring;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.mcp.GovernedTools;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.pii.Sensitivity;
import io.modelcontextprotocol.common.McpTransportContext;
import java.util.List;
import java.util.Locale;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;

/**
 * Four tools by Spring AI's annotation; ours says how they are governed. By themselves they answer
 * whoever calls, in clear. Thread-safe.
 */
@Component
final class CustomerTools {
  private static final List<Customer> CUSTOMERS =
      List.of(
          new Customer(
              "c-1",
              "acme",
              "John Doe",
              "john@example.com",
              "(555) 123-4567",
              "123-45-6789",
              "1234-5678-9012-3456"),
          new Customer(
              "c-2",
              "acme",
              "Jane Roe",
              "jane@example.org",
              "555-123-9876",
              "987-65-4321",
              "4111 1111 1111 1111"),
          new Customer(
              "c-3",
              "globex",
              "Max Poe",
              "max@example.net",
              "555-123-1122",
              "219-09-9999",
              "5500 0000 0000 0004"));

  @McpTool(
      name = "get_customer",
      description = "One customer with contact data and payment card.",
      generateOutputSchema = true,
      annotations = @McpAnnotations(readOnlyHint = true))
  @GovernedTool(requiresPii = true)
  Customer getCustomer(
      @McpToolParam(description = "The customer's number, such as c-1.") String customerId,
      @McpToolParam(description = "The tenant the customer belongs to.") String tenantId) {
    return of(tenantId).stream()
        .filter(customer -> customer.id().equals(customerId))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("There is no customer " + customerId + "."));
  }

  // docs: marked
  @McpTool(
      name = "search_customers",
      description = "Customers whose name or e-mail address contains a text.",
      annotations = @McpAnnotations(readOnlyHint = true))
  @GovernedTool(requiresPii = true, sensitivity = Sensitivity.STRICT)
  List<Customer> searchCustomers(
      @McpToolParam(description = "The tenant to search.") String tenantId,
      @McpToolParam(description = "Part of a name or address.") String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return of(tenantId).stream()
        .filter(
            customer ->
                (customer.name() + customer.email()).toLowerCase(Locale.ROOT).contains(wanted))
        .toList();
  }

  // docs: end

  @McpTool(
      name = "count_customers",
      description = "How many customers a tenant has.",
      annotations = @McpAnnotations(readOnlyHint = true))
  int countCustomers(@McpToolParam(description = "The tenant to count.") String tenantId) {
    return of(tenantId).size();
  }

  // docs: context
  @McpTool(name = "whoami", description = "The name you are signed in with.")
  @GovernedTool(tenantFree = true)
  String whoAmI(McpTransportContext context) {
    return ((Principal) context.get(GovernedTools.PRINCIPAL)).subject();
  }

  // docs: end

  private static List<Customer> of(String tenant) {
    return CUSTOMERS.stream().filter(customer -> customer.tenant().equals(tenant)).toList();
  }
}
