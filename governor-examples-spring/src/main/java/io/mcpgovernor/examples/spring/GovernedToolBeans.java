package io.mcpgovernor.examples.spring;

import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Governs every tool of a Spring AI server, or keeps the application from starting.
 *
 * <p>Spring AI collects tools from all beans that are lists of tool specifications: {@code
 * toolSpecs} holds those from {@code @McpTool} methods, {@code syncTools} or {@code asyncTools}
 * those from tool callbacks, and an application may add lists of its own. Each list is wrapped when
 * its bean is made. When a server is made of them, each of its tools must be one that was wrapped;
 * one that came some other way is found then, before the server listens.
 */
final class GovernedToolBeans implements BeanPostProcessor {
  private final ObjectProvider<GovernedTools> governed;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /**
   * Waits for beans.
   *
   * @param governed asked only when the first tools arrive, since a post-processor is made before
   *     ordinary beans
   */
  GovernedToolBeans(ObjectProvider<GovernedTools> governed) {
    this.governed = governed;
  }

  // docs: wrap
  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    switch (bean) {
      // What a list was declared to hold is gone at run time, so its content says what it is.
      case List<?> list when tools(list).findAny().isPresent() -> {
        List<?> wrapped = governed.getObject().wrap(list);
        tools(list).map(Tool::name).forEach(names::add);
        return wrapped;
      }
      case McpSyncServer server -> requireGoverned(server.listTools().stream());
      case McpAsyncServer server -> requireGoverned(server.listTools().toStream());
      case McpStatelessSyncServer server -> requireGoverned(server.listTools().stream());
      case McpStatelessAsyncServer server -> requireGoverned(server.listTools().toStream());
      default -> {}
    }
    return bean;
  }

  private void requireGoverned(Stream<Tool> tools) {
    List<String> open = tools.map(Tool::name).filter(name -> !names.contains(name)).toList();
    if (!open.isEmpty()) {
      throw new IllegalStateException("the MCP server has tools that are not governed: " + open);
    }
  }

  // docs: end

  private static Stream<Tool> tools(List<?> list) {
    return list.stream()
        .flatMap(
            element ->
                switch (element) {
                  case McpServerFeatures.SyncToolSpecification tool -> Stream.of(tool.tool());
                  case McpServerFeatures.AsyncToolSpecification tool -> Stream.of(tool.tool());
                  case McpStatelessServerFeatures.SyncToolSpecification tool ->
                      Stream.of(tool.tool());
                  case McpStatelessServerFeatures.AsyncToolSpecification tool ->
                      Stream.of(tool.tool());
                  case null, default -> Stream.<Tool>empty();
                });
  }
}
