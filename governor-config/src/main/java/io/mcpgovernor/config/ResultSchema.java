package io.mcpgovernor.config;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a tool's output schema says of its whole result, as MCP has it: the schema is about {@code
 * structuredContent}, which must be there unless the result is an error or not the end of the call.
 * A schema that cannot be used lets no structured content pass in which something was masked.
 * Immutable and thread-safe.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#output-schema">MCP:
 *     output schema</a>
 */
public final class ResultSchema {
  /** Of a tool without an output schema: everything fits. */
  public static final ResultSchema NONE = new ResultSchema(null, null);

  private static final Logger LOG = LoggerFactory.getLogger(ResultSchema.class);
  private static final String STRUCTURED = "structuredContent";

  private final @Nullable OutputSchema schema;
  private final @Nullable String unusable;

  private ResultSchema(@Nullable OutputSchema schema, @Nullable String unusable) {
    this.schema = schema;
    this.unusable = unusable;
  }

  /**
   * Compiles a schema; one that cannot be used is told to the log.
   *
   * @param tool the tool's name, for the log
   * @param outputSchema what the tool declares, as a tree; null if it declares none
   */
  public static ResultSchema of(String tool, @Nullable Object outputSchema) {
    if (outputSchema == null) {
      return NONE;
    }
    String problem = "it is no object";
    if (outputSchema instanceof Map<?, ?> keywords) {
      try {
        return new ResultSchema(OutputSchema.of(texts(keywords)), null);
      } catch (IllegalArgumentException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
    LOG.warn(
        "The output schema of tool {} cannot be used, so its structured content is withheld: {}",
        tool,
        problem);
    return new ResultSchema(null, "the tool's output schema cannot be used");
  }

  @SuppressWarnings("unchecked") // the keys of trees are strings
  private static Map<String, ?> texts(Map<?, ?> keywords) {
    return (Map<String, ?>) keywords;
  }

  /** Why a client would refuse a result; null if it would not. Formats do not count. */
  public @Nullable String misfit(Json result) {
    if (schema == null && unusable == null) {
      return null;
    }
    Map<String, @Nullable Object> members = result.object();
    if (!isPromised(members)) {
      return null;
    }
    Object structured = members.get(STRUCTURED);
    if (schema == null) {
      return structured == null ? null : unusable;
    }
    return structured == null
        ? "it has no structured content"
        : schema.problem(Json.of(structured));
  }

  /** Where masked structured content does not fit, for the strictest client; empty if it fits. */
  public List<Misfit> misfits(Json result) {
    if (schema == null && unusable == null) {
      return List.of();
    }
    Map<String, @Nullable Object> members = result.object();
    Object structured = members.get(STRUCTURED);
    if (schema == null || structured == null || !isPromised(members)) {
      String misfit = misfit(result);
      return misfit == null ? List.of() : List.of(Misfit.somewhere(misfit));
    }
    return schema.misfits(Json.of(structured), STRUCTURED);
  }

  /** Whether the schema speaks of a result: not of an error, nor of one that asks for more. */
  private static boolean isPromised(Map<String, @Nullable Object> result) {
    return !Boolean.TRUE.equals(result.get("isError"))
        && (!(result.get("resultType") instanceof String type) || type.equals("complete"));
  }
}
