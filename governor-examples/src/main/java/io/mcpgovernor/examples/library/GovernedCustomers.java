package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.McpSecurityException;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.method.GovernedTool;
import java.util.function.Supplier;

/** A Java interface behind policies, masking and audit, without any protocol. */
final class GovernedCustomers {
  private GovernedCustomers() {}

  /** A host's own interface. */
  // docs: interface
  interface Customers {
    @GovernedTool(name = "find_customer", requiresPii = true)
    CustomerTools.Customer find(String id, String tenant_id);
  }

  // docs: end

  static Customers govern(Governor governor, Customers inMemory, Supplier<Principal> currentUser) {
    // docs: proxy
    Customers customers = governor.proxy(Customers.class, inMemory, currentUser);
    // docs: end
    return customers;
  }

  static String email(Customers customers) {
    // docs: denied
    try {
      return customers.find("c-17", "acme").email(); // masked: ***@***.com
    } catch (McpSecurityException denied) {
      return denied.getMessage() // Security policy violation: You have no access ...
          + " ("
          + denied.failedPolicy() // rls
          + ") "
          + denied.suggestions();
    }
    // docs: end
  }
}
