package io.mcpgovernor.examples.conformance;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.examples.LoopbackHttp;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server that the conformance suite is run against, over Streamable HTTP on the loopback
 * interface. Bare and governed differ in nothing but {@link GovernedTools#install}, so that any
 * difference the suite sees is governance's.
 */
public final class ConformanceServer implements AutoCloseable {
  private static final String USER = "conformance";

  /** Far more than the suite makes, since limits are not what it tests. */
  private static final int CALLS_PER_HOUR = 10_000;

  private final @Nullable Governor governor;
  private final McpSyncServer mcp;
  private final LoopbackHttp http;

  private ConformanceServer(@Nullable Governor governor) {
    this.governor = governor;
    HttpServletStreamableServerTransportProvider transport =
        LoopbackHttp.transport(
            request ->
                McpTransportContext.create(
                    Map.of(GovernedTools.PRINCIPAL, Principal.verified(USER))));
    SyncSpecification<?> specification =
        McpServer.sync(transport)
            .serverInfo("conformance-server", "1.0.0")
            .capabilities(
                ServerCapabilities.builder()
                    .tools(true)
                    .resources(true, true)
                    .prompts(true)
                    .completions()
                    .logging()
                    .build())
            .resources(Resources.all())
            .resourceTemplates(Resources.templates())
            .prompts(Prompts.all())
            .completions(Prompts.completions());
    this.mcp =
        (governor == null
                ? specification.tools(tools())
                : GovernedTools.of(governor).install(specification, tools()))
            .build();
    this.http = LoopbackHttp.start(0, transport);
  }

  /** Starts the server as the SDK alone makes it, on a free port. */
  public static ConformanceServer bare() {
    return new ConformanceServer(null);
  }

  /**
   * Starts the same server with its tools governed; everybody is one user who may call them all.
   *
   * @param auditDirectory where the calls are put on record
   */
  public static ConformanceServer governed(Path auditDirectory) {
    Governor governor =
        Governor.builder().callsPerHour(CALLS_PER_HOUR).auditTo(auditDirectory).build();
    governor.grants().grantPiiPermission(USER);
    return new ConformanceServer(governor);
  }

  /** Where clients connect. */
  public URI uri() {
    return http.uri();
  }

  @Override
  public void close() {
    // Sessions first: an open event stream would hold a thread of the HTTP server.
    mcp.closeGracefully();
    http.close();
    if (governor != null) {
      governor.close();
    }
  }

  /**
   * Starts one of the two, prints its URL in a line of its own, and runs until it is told to end.
   *
   * @param arguments {@code bare}, or {@code governed} and the directory of the audit log
   */
  public static void main(String[] arguments) {
    ConformanceServer server =
        switch (List.of(arguments)) {
          case List<String> said when said.equals(List.of("bare")) -> bare();
          case List<String> said when said.size() == 2 && said.getFirst().equals("governed") ->
              governed(Path.of(said.getLast()));
          default -> throw new IllegalArgumentException("say: bare | governed AUDIT_DIRECTORY");
        };
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close"));
    System.out.println(server.uri());
  }

  private static List<SyncToolSpecification> tools() {
    return Stream.of(ContentTools.all(), DialogueTools.all(), ElicitationTools.all())
        .flatMap(List::stream)
        .toList();
  }
}
