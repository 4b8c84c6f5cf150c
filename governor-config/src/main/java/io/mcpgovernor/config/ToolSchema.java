package io.mcpgovernor.config;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.ValidationLimitExceededException;
import io.mcpgovernor.call.ArgumentCheck;
import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema that a tool declares for its arguments or its result, compiled once. Draft 2020-12
 * unless it names another; nothing is ever fetched for it. Thread-safe.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools">MCP:
 *     tools</a>
 */
public final class ToolSchema implements ArgumentCheck {
  /** What is wrong with a value that could not be checked to the end. */
  static final String ENDLESS = "checking it against the schema takes too many steps";

  private static final int PROBLEMS_MAX = 3;

  // Two references to another definition that has two as well, and so on, double the work with each
  // line of a schema: more steps than any sensible schema and value take, in some seconds.
  private static final long STEPS_MAX = 5_000_000;

  // Before the stack is used up, which would look like a mistake of ours.
  private static final int DEPTH_MAX = 600;

  /** Keywords whose message says more about the value than about the schema. */
  private static final Set<String> QUIET =
      Set.of("additionalProperties", "unevaluatedProperties", "propertyNames", "not", "const");

  private final Schema schema;
  private final @Nullable PlainSchema plain;
  private final Set<String> names;

  private ToolSchema(Schema schema, @Nullable PlainSchema plain, Set<String> names) {
    this.schema = schema;
    this.plain = plain;
    this.names = names;
  }

  /**
   * Compiles a schema.
   *
   * @param schema a JSON Schema as a tree
   * @throws IllegalArgumentException if it is no valid schema, larger than {@link
   *     SchemaCompiler#BYTES_MAX} bytes, or nested too deep
   */
  public static ToolSchema of(Map<String, ?> schema) {
    return of(schema, SchemaCompiler.LENIENT);
  }

  static ToolSchema of(Map<String, ?> schema, SchemaCompiler compiler) {
    Schema compiled = compiler.compile(schema);
    Set<String> names = new TreeSet<>();
    collectNames(schema, names);
    return new ToolSchema(compiled, PlainSchema.of(schema), Set.copyOf(names));
  }

  /**
   * What is wrong with a value, in words of the schema; null when it fits. One that cannot be
   * checked within a bounded number of steps does not fit.
   */
  @Override
  public @Nullable String problem(Json value) {
    List<Error> errors;
    try {
      errors = errors(value);
    } catch (ValidationLimitExceededException e) {
      return ENDLESS;
    }
    if (errors.isEmpty()) {
      return null;
    }
    StringBuilder problem = new StringBuilder();
    for (Error error : errors.subList(0, Math.min(PROBLEMS_MAX, errors.size()))) {
      problem.append(problem.isEmpty() ? "" : "; ").append(sentence(error));
    }
    return problem.toString();
  }

  /**
   * All that is wrong with a value, as the validator tells it; empty when it fits.
   *
   * @throws ValidationLimitExceededException if it takes too many steps to say
   */
  List<Error> errors(Json value) {
    return plain != null && plain.surelyFits(value.tree())
        ? List.of()
        : schema.validate(JsonNodes.of(value.tree()), ToolSchema::bound);
  }

  private static void bound(ExecutionContext context) {
    context.executionConfig(
        config -> config.maxEvaluationSteps(STEPS_MAX).maxEvaluationDepth(DEPTH_MAX));
  }

  /** What is wrong, in words of the schema. */
  String sentence(Error error) {
    String place = place(error);
    return switch (error.getKeyword()) {
      case "required" -> place + " lacks the required property " + named(error.getProperty());
      case "additionalProperties", "unevaluatedProperties" ->
          place + " has a property that the schema does not name";
      case "type" -> place + " must be of type " + type(error);
      case "enum" -> place + " must be one of " + error.getSchemaNode();
      default ->
          QUIET.contains(error.getKeyword())
              ? place + " does not satisfy \"" + error.getKeyword() + "\""
              : place + " does not satisfy " + constraint(error);
    };
  }

  private static String type(Error error) {
    return String.valueOf(error.getSchemaNode()).replace("\"", "");
  }

  /** {@code "maximum": 100}, as the schema says it. */
  private static String constraint(Error error) {
    JsonNode limit = error.getSchemaNode();
    String text = limit == null ? "" : limit.toString();
    return text.isEmpty() || text.length() > 100
        ? "\"" + error.getKeyword() + "\""
        : "\"" + error.getKeyword() + "\": " + text;
  }

  /**
   * The place in the value, as far as its names are the schema's own: others are the caller's data.
   */
  private String place(Error error) {
    StringBuilder place = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      String name = String.valueOf(error.getInstanceLocation().getElement(i));
      place.append('/').append(isIndex(name) || names.contains(name) ? name : "?");
    }
    return place.isEmpty() ? "the value" : place.toString();
  }

  private String named(@Nullable String property) {
    return property != null && names.contains(property) ? "\"" + property + "\"" : "it asks for";
  }

  private static boolean isIndex(String name) {
    return name.length() < 10
        && !name.isEmpty()
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Property names stand in "properties" and "required", at any depth. */
  private static void collectNames(@Nullable Object schema, Set<String> names) {
    if (schema instanceof Map<?, ?> members) {
      if (members.get("properties") instanceof Map<?, ?> properties) {
        properties.keySet().forEach(name -> names.add(String.valueOf(name)));
      }
      if (members.get("required") instanceof List<?> required) {
        required.forEach(name -> names.add(String.valueOf(name)));
      }
      members.values().forEach(member -> collectNames(member, names));
    } else if (schema instanceof List<?> items) {
      items.forEach(item -> collectNames(item, names));
    }
  }
}
