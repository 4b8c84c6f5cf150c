package io.mcpgovernor.cli.demo;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.examples.customers.CustomerDatabase;
import io.mcpgovernor.examples.customers.CustomerTools;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.nio.file.Path;

/** The customer-service server of one user, governed, as a process that speaks MCP over stdio. */
final class StdioCustomerServer {
  private StdioCustomerServer() {}

  /**
   * Serves until the standard input ends.
   *
   * @param arguments the audit directory, the socket for administrators, and the user; without a
   *     user nobody is calling
   */
  public static void main(String[] arguments) {
    Governor governor =
        Governor.builder().auditTo(Path.of(arguments[0])).audit(Hosting.AUDIT).build();
    // Clients end a server by its input or by a signal; records are kept either way.
    Runtime.getRuntime().addShutdownHook(new Thread(governor::close));
    AdminChannel.listen(Path.of(arguments[1]), change -> change.applyTo(governor.grants()));
    GovernedTools governed = GovernedCustomerServer.governed(governor);
    if (arguments.length > 2) {
      Principal user = Principal.verified(arguments[2]);
      governed.principal(context -> user);
    }
    governed
        .install(
            McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper())),
            CustomerTools.over(CustomerDatabase.open()))
        .build();
  }
}
