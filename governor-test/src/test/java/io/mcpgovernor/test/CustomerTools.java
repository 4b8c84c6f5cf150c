package io.mcpgovernor.test;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.pii.Sensitivity;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;

/** Tools as somebody might have them. */
public final class CustomerTools {
  /** A customer with personal data. */
  public record Customer(String id, String name, String email, String ssn, int orders) {}

  private static final Customer JOHN =
      new Customer("c1", "John Doe", "john@example.com", "123-45-6789", 3);

  /** Reads one customer. */
  @GovernedTool(name = "get_customer", requiresPii = true, readOnly = true)
  public Customer getCustomer(String customerId, String tenantId) {
    return JOHN;
  }

  /** Reads all customers. */
  @GovernedTool(
      name = "export",
      requiresPii = true,
      readOnly = true,
      sensitivity = Sensitivity.STRICT)
  public List<Customer> export() {
    return List.of(JOHN, JOHN);
  }

  /** Says who calls; has no parameter for a tenant. */
  @GovernedTool(name = "who_am_i", readOnly = true)
  public String whoAmI(Principal principal) {
    return principal.subject() + " " + principal.roles();
  }

  /** Masks by itself. */
  @GovernedTool(name = "masked_already", readOnly = true, tenantFree = true)
  public Map<String, String> maskedAlready() {
    return Map.of("email", "***@***.com");
  }

  /** Throws. */
  @GovernedTool(name = "broken", tenantFree = true)
  public String broken() {
    throw new IllegalStateException("Row: john@example.com");
  }

  /** Answers with an error. */
  @GovernedTool(name = "refusing", tenantFree = true)
  public CallToolResult refusing() {
    return CallToolResult.builder().addTextContent("no such thing").isError(true).build();
  }
}
