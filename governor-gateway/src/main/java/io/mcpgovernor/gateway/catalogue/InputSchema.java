package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.call.ArgumentCheck;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.ToolSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input schema of a server's tool, compiled when the tool is first called. No arguments fit one
 * that cannot be compiled: nobody knows what the tool takes. Thread-safe.
 */
final class InputSchema implements ArgumentCheck {
  private static final Logger LOG = LoggerFactory.getLogger(InputSchema.class);
  private static final ArgumentCheck UNUSABLE =
      arguments -> "the schema itself cannot be used, so nothing fits it; tell an administrator";

  private final String tool;
  private final Object schema;
  private @Nullable ArgumentCheck compiled;

  /**
   * A schema.
   *
   * @param tool for the log
   * @param schema what stands where a schema belongs, as a tree
   */
  InputSchema(String tool, Object schema) {
    this.tool = tool;
    this.schema = schema;
  }

  @Override
  public @Nullable String problem(Json arguments) {
    return compiled().problem(arguments);
  }

  private synchronized ArgumentCheck compiled() {
    if (compiled == null) {
      compiled = compile();
    }
    return compiled;
  }

  @SuppressWarnings("unchecked") // the keys of trees are strings
  private ArgumentCheck compile() {
    String problem = "it is no object";
    if (schema instanceof Map<?, ?> keywords) {
      try {
        return ToolSchema.of((Map<String, ?>) keywords);
      } catch (IllegalArgumentException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
    LOG.warn(
        "The input schema of tool {} cannot be used, so its calls are denied: {}", tool, problem);
    return UNUSABLE;
  }
}
