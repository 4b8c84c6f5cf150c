package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.examples.customers.CustomerDatabase;
import io.mcpgovernor.examples.customers.CustomerTools;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.nio.file.Path;
import java.util.List;

/**
 * A governed server over stdio, as an MCP client starts it: {@code java ... StdioServer
 * AUDIT_DIRECTORY}. Its standard output belongs to the protocol; logs go to standard error. It ends
 * when its input does.
 */
public final class StdioServer {
  private StdioServer() {}

  /** Serves the customer tools to whoever started this process. */
  public static void main(String[] arguments) {
    serve(Path.of(arguments[0]), CustomerTools.over(CustomerDatabase.open()));
  }

  private static void serve(Path auditDirectory, List<SyncToolSpecification> tools) {
    // docs: stdio
    // Over stdio there is one user: the one whose process this is.
    String user = System.getProperty("user.name");
    Governor governor = Governor.builder().auditTo(auditDirectory).build();
    governor.grants().grantTenantAccess(user, "acme");
    governor.grants().grantPiiPermission(user);
    // Clients close the input or send a signal; running calls get on record either way.
    Runtime.getRuntime().addShutdownHook(new Thread(governor::close));

    GovernedTools governed =
        GovernedTools.of(governor).principal(context -> Principal.verified(user));
    governed
        .install(
            McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper())), tools)
        .build();
    // docs: end
  }
}
