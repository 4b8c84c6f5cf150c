package io.mcpgovernor.examples.library;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.method.ToolParam;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tools as plain methods. */
// docs: tools
public final class CustomerTools {
  private final Map<String, Customer> customers;

  /** What clients see of a customer. */
  public record Customer(String id, String name, String email, String ssn) {}

  /** Tools over these customers. */
  public CustomerTools(Map<String, Customer> customers) {
    this.customers = customers;
  }

  /** One customer, or nothing: what may be missing is marked so, and clients are told. */
  @GovernedTool(
      name = "get_customer",
      description = "A customer's profile",
      requiresPii = true,
      readOnly = true)
  public @Nullable Customer byId(
      @ToolParam(description = "such as c-17") String id, String tenant_id) {
    return customers.get(tenant_id + "/" + id);
  }

  /** How many there are; the method may answer later. */
  @GovernedTool(name = "count_customers", readOnly = true)
  public CompletionStage<Integer> count(String tenant_id) {
    return CompletableFuture.supplyAsync(() -> ids(tenant_id).size());
  }

  /** Who is asking; a {@link Principal} is no argument, the governor provides it. */
  @GovernedTool(name = "whoami", tenantFree = true, readOnly = true)
  public String whoAmI(Principal caller) {
    return caller.subject();
  }

  private List<String> ids(String tenant) {
    return customers.keySet().stream().filter(id -> id.startsWith(tenant + "/")).toList();
  }
}
// docs: end
