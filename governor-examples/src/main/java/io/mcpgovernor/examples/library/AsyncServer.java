package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.examples.LoopbackHttp;
import io.mcpgovernor.examples.QuickStart;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A governed asynchronous server over Streamable HTTP, whose tool waits for a slow service without
 * holding a thread: {@code java ... AsyncServer AUDIT_DIRECTORY PORT TOKEN}. Whoever bears the
 * token is alice.
 */
public final class AsyncServer implements AutoCloseable {
  private static final Map<String, Object> CUSTOMER_ID =
      Map.of(
          "type", "object",
          "properties", Map.of("customer_id", Map.of("type", "string")),
          "required", List.of("customer_id"));

  private final Governor governor;
  private final McpAsyncServer mcp;
  private final LoopbackHttp http;

  private AsyncServer(Governor governor, McpAsyncServer mcp, LoopbackHttp http) {
    this.governor = governor;
    this.mcp = mcp;
    this.http = http;
  }

  /** Serves until the process is ended. */
  public static void main(String[] arguments) {
    AsyncServer server = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
  }

  /**
   * Starts the server; when this returns, it answers.
   *
   * @param port 0 for any free one
   * @param token what alice's requests bear
   */
  public static AsyncServer start(Path auditDirectory, int port, String token) {
    HttpServletStreamableServerTransportProvider transport =
        LoopbackHttp.transport(request -> identity(request, token));
    Governor governor = Governor.builder().auditTo(auditDirectory).build();
    governor.grants().grantPiiPermission("alice");
    McpAsyncServer mcp = govern(transport, governor);
    return new AsyncServer(governor, mcp, LoopbackHttp.start(port, transport));
  }

  private static McpAsyncServer govern(
      McpStreamableServerTransportProvider transport, Governor governor) {
    // docs: async
    AsyncToolSpecification contact =
        AsyncToolSpecification.builder()
            .tool(Tool.builder("get_contact", CUSTOMER_ID).build())
            .callHandler((exchange, request) -> contact(request.arguments()))
            .build();

    GovernedTools governed =
        GovernedTools.of(governor)
            .tool("get_contact", tool -> tool.requiresPii(true).timeout(Duration.ofSeconds(5)));
    McpAsyncServer server = governed.install(McpServer.async(transport), List.of(contact)).build();
    // docs: end
    return server;
  }

  /** Stands for a service elsewhere that takes its time; nobody waits for it on a thread. */
  private static Mono<CallToolResult> contact(Map<String, Object> arguments) {
    return Mono.delay(Duration.ofMillis(20))
        .map(
            elapsed ->
                CallToolResult.builder()
                    .addTextContent(
                        arguments.get("customer_id") + ": john@example.com, (555) 123-4567")
                    .build());
  }

  private static McpTransportContext identity(HttpServletRequest request, String token) {
    return isSame("Bearer " + token, request.getHeader("Authorization"))
        ? QuickStart.signedIn("alice")
        : McpTransportContext.EMPTY;
  }

  /** Takes a time that tells nothing of how much of a guess was right. */
  private static boolean isSame(String expected, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** Where clients connect. */
  public URI uri() {
    return http.uri();
  }

  @Override
  public void close() {
    mcp.closeGracefully().block();
    http.close();
    governor.close();
  }
}
