package io.mcpgovernor.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.Governor;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.mcp.server.webmvc.transport.WebMvcStatelessServerTransport;
import org.springframework.ai.mcp.server.webmvc.transport.WebMvcStreamableServerTransportProvider;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Mono;

/** Real contexts and real servers, but no HTTP: none of them gets as far. */
final class GovernedToolBeansTest {
  @TempDir Path directory;

  private static final Tool EXPORT = Tool.builder("export", Map.of("type", "object")).build();
  private static final ServerCapabilities TOOLS = ServerCapabilities.builder().tools(false).build();

  private final SyncToolSpecification raw =
      SyncToolSpecification.builder()
          .tool(EXPORT)
          .callHandler((exchange, request) -> nothing())
          .build();
  private final GenericApplicationContext context = new GenericApplicationContext();

  @BeforeEach
  void prepare() {
    context.registerBean(Governor.class, () -> Governor.builder().auditTo(directory).build());
    context.registerBean(
        GovernedTools.class, () -> GovernedTools.of(context.getBean(Governor.class)));
    context.registerBean(
        GovernedToolBeans.class,
        () -> new GovernedToolBeans(context.getBeanProvider(GovernedTools.class)));
  }

  @AfterEach
  void close() {
    context.close();
  }

  private static McpStreamableServerTransportProvider transport() {
    return WebMvcStreamableServerTransportProvider.builder()
        .jsonMapper(McpJsonDefaults.getMapper())
        .build();
  }

  private static McpStatelessServerTransport statelessTransport() {
    return WebMvcStatelessServerTransport.builder().jsonMapper(McpJsonDefaults.getMapper()).build();
  }

  private static McpSyncServer server(List<SyncToolSpecification> tools) {
    return McpServer.sync(transport()).capabilities(TOOLS).tools(tools).build();
  }

  private static CallToolResult nothing() {
    return CallToolResult.builder().build();
  }

  /** Servers of each kind the SDK has, with a tool that no bean announced. */
  static List<Supplier<Object>> openServers() {
    return List.of(
        () ->
            McpServer.sync(transport())
                .capabilities(TOOLS)
                .toolCall(EXPORT, (exchange, request) -> nothing())
                .build(),
        () ->
            McpServer.async(transport())
                .capabilities(TOOLS)
                .toolCall(EXPORT, (exchange, request) -> Mono.just(nothing()))
                .build(),
        () ->
            McpServer.sync(statelessTransport())
                .capabilities(TOOLS)
                .toolCall(EXPORT, (context, request) -> nothing())
                .build(),
        () ->
            McpServer.async(statelessTransport())
                .capabilities(TOOLS)
                .toolCall(EXPORT, (context, request) -> Mono.just(nothing()))
                .build());
  }

  @ParameterizedTest
  @MethodSource("openServers")
  void aServerWithAToolThatWasNotWrappedKeepsTheApplicationFromStarting(Supplier<Object> server) {
    context.registerBean(Object.class, server);

    assertThatThrownBy(context::refresh)
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the MCP server has tools that are not governed: [export]");
  }

  @Test
  @SuppressWarnings("unchecked") // the list holds what was put into it
  void aListOfToolsThatTheApplicationMadeItselfIsWrapped() {
    context.registerBean("own", List.class, () -> List.of(raw));
    context.registerBean(
        McpSyncServer.class,
        () -> server((List<SyncToolSpecification>) context.getBean("own", List.class)));

    context.refresh();

    assertThat(context.getBean("own", List.class)).doesNotContain(raw);
    assertThat(context.getBean(McpSyncServer.class).listTools()).containsExactly(EXPORT);
  }
}
