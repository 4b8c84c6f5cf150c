package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.ResultSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool as its server lists it, found fit to be known. Its schemas are compiled when they are
 * first asked for: most tools of a list are never called. Thread-safe.
 */
final class ListedTool {
  /** A definition larger than what a schema may have would not be understood anyway. */
  static final int BYTES_MAX = 256 * 1_024;

  /** Names of tools end up in records, lists and commands. */
  static final int NAME_CHARS_MAX = 128;

  /** Less than what JSON may have here, so that the file of pins can hold a definition. */
  static final int DEPTH_MAX = 200;

  /** What names of methods begin with that are governed like tools. */
  private static final String METHOD = "method:";

  private final Tool tool;
  private @Nullable ResultSchema results;

  private ListedTool(Tool tool) {
    this.tool = tool;
  }

  /**
   * Reads a definition.
   *
   * @throws IllegalArgumentException if it cannot be a tool's: says why, without quoting it
   */
  static ListedTool of(String server, Json definition) {
    try {
      if (definition.utf8().length > BYTES_MAX) {
        throw new IllegalArgumentException("its definition has more than " + BYTES_MAX + " bytes");
      }
      Tool.Builder tool = Tool.of(server, definition);
      checkDepth(definition.tree(), DEPTH_MAX);
      Map<String, @Nullable Object> members = definition.object();
      checkName(String.valueOf(members.get("name")));
      Object schema = members.get("inputSchema");
      if (schema != null) {
        tool.argumentCheck(new InputSchema(server + "." + members.get("name"), schema));
      }
      return new ListedTool(tool.build());
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("its definition " + e.getMessage(), e);
    }
  }

  private static void checkName(String name) {
    if (name.codePointCount(0, name.length()) > NAME_CHARS_MAX) {
      throw new IllegalArgumentException(
          "its name has more than " + NAME_CHARS_MAX + " characters");
    }
    if (name.codePoints().anyMatch(ListedTool::isInvisible)) {
      throw new IllegalArgumentException("its name has characters that cannot be seen");
    }
    if (name.startsWith(METHOD)) {
      throw new IllegalArgumentException(
          "its name begins with " + METHOD + ", as the gateway calls methods");
    }
  }

  static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void checkDepth(@Nullable Object value, int levels) {
    if (levels < 0) {
      throw new IllegalArgumentException(
          "its definition is nested deeper than " + DEPTH_MAX + " levels");
    }
    if (value instanceof Map<?, ?> members) {
      members.values().forEach(member -> checkDepth(member, levels - 1));
    } else if (value instanceof List<?> items) {
      items.forEach(item -> checkDepth(item, levels - 1));
    }
  }

  String name() {
    return tool.name();
  }

  Json definition() {
    return tool.definition();
  }

  String pin() {
    return tool.pin();
  }

  Tool tool() {
    return tool;
  }

  int bytes() {
    return definition().utf8().length;
  }

  /** Whether a definition is byte by byte the same, so that nothing need be read. */
  boolean isWrittenLike(Json other) {
    return Arrays.equals(definition().utf8(), other.utf8());
  }

  /** What its output schema says of results. */
  synchronized ResultSchema results() {
    if (results == null) {
      results = ResultSchema.of(tool.toString(), definition().object().get("outputSchema"));
    }
    return results;
  }
}
