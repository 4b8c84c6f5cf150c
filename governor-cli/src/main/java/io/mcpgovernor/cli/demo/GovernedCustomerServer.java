package io.mcpgovernor.cli.demo;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.examples.customers.CustomerDatabase;
import io.mcpgovernor.examples.customers.CustomerServer;
import io.mcpgovernor.examples.customers.CustomerTools;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;

/**
 * What the owner of an MCP server does to have it governed: says what the tools are like, and who
 * sent a request. The server and its tools stay as they are.
 */
final class GovernedCustomerServer {
  private GovernedCustomerServer() {}

  static CustomerServer start(CustomerDatabase database, Governor governor, TokenTable tokens) {
    return CustomerServer.start(
        0,
        List.of(),
        request -> identity(request, tokens),
        server -> governed(governor).install(server, CustomerTools.over(database)));
  }

  /** What the tools are like, however the server is reached. */
  static GovernedTools governed(Governor governor) {
    return GovernedTools.of(governor)
        .server("customer-service")
        .tool("get_customer_profile", tool -> tool.requiresPii(true))
        .tool("run_report", tool -> tool.requiresPii(true))
        .tool("export_customers", tool -> tool.requiresPii(true).strict())
        .tool("update_customer", tool -> tool.requiresPii(true).userArgument("user_id"));
  }

  /** Whose token a request bears, or nobody. */
  private static McpTransportContext identity(HttpServletRequest request, TokenTable tokens) {
    Principal principal = tokens.verify(request.getHeader("Authorization"));
    return principal == null
        ? McpTransportContext.EMPTY
        : McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, principal));
  }
}
