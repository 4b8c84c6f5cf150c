package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.mcp.GovernedTools;
import java.util.List;

/** Several servers in one process. */
final class SharedGovernor {
  private SharedGovernor() {}

  static List<GovernedTools> servers(Governor governor) {
    // docs: shared
    GovernedTools crm = GovernedTools.of(governor).server("crm");
    GovernedTools erp = GovernedTools.of(governor).server("erp");
    // docs: end
    return List.of(crm, erp);
  }
}
