package io.mcpgovernor.config.check;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.ToolSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tools as servers list them, each with a check of arguments against its input schema: {@code
 * {"crm": {"tools": [...]}}}, or the result of one server's {@code tools/list}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools">MCP:
 *     tools</a>
 */
public final class ToolList {
  private static final int BYTES_MAX = 16 << 20;
  private static final int TOOLS_MAX = 10_000;
  private static final String TOOLS = "tools";

  private ToolList() {}

  /**
   * The tools of a file of at most 16 MiB.
   *
   * @param server whose tools they are; null if the file names the servers
   * @throws IllegalArgumentException if it cannot be read, or is not as it should be
   */
  public static List<Tool> read(Path file, @Nullable String server) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(BYTES_MAX + 1);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": there is no such file of tools", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
    if (bytes.length > BYTES_MAX) {
      throw new IllegalArgumentException(file + " has more than 16 MiB of tools");
    }
    try {
      return of(Json.utf8(bytes), server);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Tools given as a value.
   *
   * @param server whose tools they are; null if the value names the servers
   * @throws IllegalArgumentException if it is not as it should be
   */
  public static List<Tool> of(Json listed, @Nullable String server) {
    List<Tool> tools = new ArrayList<>();
    try {
      Map<String, @Nullable Object> members = listed.object();
      if (members.get(TOOLS) instanceof List<?> definitions) {
        if (server == null) {
          throw new IllegalArgumentException(
              "these are the tools of one server; say which: --server NAME, or {\"NAME\":"
                  + " {\"tools\": [...]}}");
        }
        add(server, definitions, tools);
      } else {
        members.forEach((name, list) -> add(name, definitions(name, list), tools));
      }
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("no list of tools: the JSON " + e.getMessage(), e);
    }
    return tools;
  }

  private static List<?> definitions(String server, @Nullable Object list) {
    if (list instanceof Map<?, ?> result && result.get(TOOLS) instanceof List<?> definitions) {
      return definitions;
    }
    throw new IllegalArgumentException(
        "under '" + server + "' there should be the result of tools/list: {\"tools\": [...]}");
  }

  private static void add(String server, List<?> definitions, List<Tool> tools) {
    if (tools.size() + definitions.size() > TOOLS_MAX) {
      throw new IllegalArgumentException("there may be " + TOOLS_MAX + " tools");
    }
    Set<String> names = new HashSet<>();
    for (Object definition : definitions) {
      Tool tool = tool(server, Json.of(definition));
      if (!names.add(tool.name())) {
        throw new IllegalArgumentException(
            "the server '" + server + "' has two tools named '" + tool.name() + "'");
      }
      tools.add(tool);
    }
  }

  private static Tool tool(String server, Json definition) {
    Tool.Builder builder = Tool.of(server, definition);
    if (definition.object().get("inputSchema") instanceof Map<?, ?> schema) {
      try {
        builder.argumentCheck(ToolSchema.of(texts(schema)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "the input schema of "
                + definition.object().get("name")
                + " cannot be used: "
                + e.getMessage(),
            e);
      }
    }
    return builder.build();
  }

  @SuppressWarnings("unchecked") // trees of JSON have texts as keys
  private static Map<String, ?> texts(Map<?, ?> schema) {
    return (Map<String, ?>) schema;
  }
}
