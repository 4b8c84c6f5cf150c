package io.mcpgovernor.mcp;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.Identity.Trust;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server over stdio, as a program: it serves whoever started it. Nothing keeps it alive but the
 * SDK's threads, which end when its input does.
 */
public final class StdioChild {
  private StdioChild() {}

  /** How it is started, with the Java and the class path of this process. */
  static List<String> command(Shape shape, Path auditDirectory, Trust trust, String user) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-cp",
                System.getProperty("java.class.path"),
                StdioChild.class.getName(),
                shape.name(),
                auditDirectory.toString(),
                trust.name()));
    if (!user.isEmpty()) {
      command.add(user);
    }
    return command;
  }

  /**
   * Serves.
   *
   * @param arguments the shape, the audit directory, the trust, and the user if there is one
   */
  public static void main(String[] arguments) {
    Governor governor = WireTools.governor(Path.of(arguments[1]), Trust.valueOf(arguments[2]));
    // Also when the client ends the process instead of its input, as clients do.
    Runtime.getRuntime().addShutdownHook(new Thread(governor::close));
    GovernedTools governed = WireTools.governed(governor);
    if (arguments.length > 3) {
      Principal user = Principal.verified(arguments[3]);
      governed.principal(context -> user);
    }
    StdioServerTransportProvider stdio =
        new StdioServerTransportProvider(McpJsonDefaults.getMapper());
    if (Shape.valueOf(arguments[0]) == Shape.STDIO_ASYNC) {
      List<WireTool> tools = WireTools.all();
      governed
          .install(McpServer.async(stdio), tools.stream().map(WireTool::async).toList())
          .build();
    } else {
      List<WireTool> tools = WireTools.all();
      governed.install(McpServer.sync(stdio), tools.stream().map(WireTool::sync).toList()).build();
    }
  }
}
