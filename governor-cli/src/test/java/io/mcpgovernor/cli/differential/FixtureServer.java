package io.mcpgovernor.cli.differential;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.EveryoneConfig;
import io.mcpgovernor.examples.LoopbackHttp;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * The fixture's tools on a server of the official SDK, over Streamable HTTP, as a program: bare, or
 * governed by the library as a configuration file says.
 */
public final class FixtureServer {
  /** What the server is called in configurations, and so in records. */
  static final String NAME = "fixture";

  private static final int SLEEP_MILLIS = 3_000;

  private FixtureServer() {}

  /**
   * Serves until the process is ended; says where on standard output.
   *
   * @param arguments the configuration file; none for a bare server
   */
  public static void main(String[] arguments) {
    var transport = LoopbackHttp.transport(request -> McpTransportContext.EMPTY);
    McpServer.SyncSpecification<?> server = McpServer.sync(transport).serverInfo(NAME, "1");
    if (arguments.length == 0) {
      server.tools(tools());
    } else {
      Path file = Path.of(arguments[0]);
      Governor governor = Governor.fromConfig(file);
      Runtime.getRuntime().addShutdownHook(new Thread(governor::close));
      Principal user = everyone(ConfigFile.read(file));
      GovernedTools.of(governor).server(NAME).principal(context -> user).install(server, tools());
    }
    McpSyncServer running = server.build();
    LoopbackHttp http = LoopbackHttp.start(0, transport);
    Runtime.getRuntime().addShutdownHook(new Thread(running::close));
    System.out.println("listening " + http.uri());
  }

  private static Principal everyone(ConfigFile file) {
    EveryoneConfig everyone = Objects.requireNonNull(file.config().identity().everyone());
    return new Principal(
        Principal.LOCAL,
        everyone.user(),
        everyone.tenants(),
        everyone.roles(),
        Principal.Source.VERIFIED);
  }

  private static List<SyncToolSpecification> tools() {
    return Arrays.stream(FixtureTool.values())
        .map(
            tool ->
                new SyncToolSpecification(
                    read(JsonText.of(tool.definition()), Tool.class),
                    (exchange, request) -> answer(tool, request)))
        .toList();
  }

  private static CallToolResult answer(FixtureTool tool, CallToolRequest request) {
    Map<String, Object> arguments = request.arguments() == null ? Map.of() : request.arguments();
    switch (tool) {
      case CRASHES -> throw new IllegalStateException("Row: " + PiiText.of(new Random(1)));
      case ERRORS ->
          throw McpError.builder(-32_000)
              .message("No row: " + PiiText.email(new Random(2)))
              .data(FixtureAnswers.object("row", PiiText.of(new Random(3))))
              .build();
      case SLEEPS -> sleep();
      case HOLDS -> HeldCall.hold();
      default -> {}
    }
    return read(JsonText.of(FixtureAnswers.of(tool, arguments)), CallToolResult.class);
  }

  private static void sleep() {
    try {
      Thread.sleep(SLEEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return McpJsonDefaults.getMapper().readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
