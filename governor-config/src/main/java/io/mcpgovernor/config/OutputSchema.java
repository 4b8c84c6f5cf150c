package io.mcpgovernor.config;

import com.networknt.schema.Error;
import com.networknt.schema.ValidationLimitExceededException;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema that a tool declares for its results. It tells where masked content does not fit,
 * and what would fit there. Thread-safe.
 *
 * <p>Masked content is held to formats as well, because the clients of some SDKs check them;
 * content in which nothing was masked is not, because most do not.
 */
public final class OutputSchema {
  /** What a single value can keep to. */
  private static final Set<String> VALUE_KEYWORDS =
      Set.of(
          "type",
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "enum",
          "const");

  private static final Set<String> OPEN_KEYWORDS =
      Set.of("additionalProperties", "unevaluatedProperties");

  private final Map<String, ?> tree;
  private final ToolSchema lenient;
  private final ToolSchema withFormats;

  /** By place in the schema, so there are no more than it has places. */
  private final Map<String, Wanted> wanted = new ConcurrentHashMap<>();

  private OutputSchema(Map<String, ?> tree) {
    this.tree = tree;
    this.lenient = ToolSchema.of(tree);
    this.withFormats = ToolSchema.of(tree, SchemaCompiler.WITH_FORMATS);
  }

  private record Wanted(Map<String, ?> keywords, Predicate<Object> fits) {}

  /**
   * Compiles a schema.
   *
   * @throws IllegalArgumentException as {@link ToolSchema#of} does
   */
  public static OutputSchema of(Map<String, ?> schema) {
    return new OutputSchema(schema);
  }

  /**
   * What is wrong with content, in words of the schema; null when it fits. Formats do not count.
   */
  public @Nullable String problem(Json content) {
    return lenient.problem(content);
  }

  /**
   * Where masked content does not fit, formats included; empty when it fits.
   *
   * @param content the content
   * @param name where it stands in the result: {@code structuredContent}
   */
  public List<Misfit> misfits(Json content, String name) {
    List<Misfit> misfits = new ArrayList<>();
    try {
      for (Error error : withFormats.errors(content)) {
        misfits.add(misfit(error, name));
      }
    } catch (ValidationLimitExceededException e) {
      return List.of(Misfit.somewhere(ToolSchema.ENDLESS));
    }
    return misfits;
  }

  private Misfit misfit(Error error, String name) {
    List<String> path = new ArrayList<>();
    path.add(name);
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      path.add(String.valueOf(error.getInstanceLocation().getElement(i)));
    }
    String keyword = error.getKeyword();
    boolean ofKeys = OPEN_KEYWORDS.contains(keyword) || keyword.equals("propertyNames");
    Wanted here =
        wanted.computeIfAbsent(error.getSchemaLocation().toString(), any -> wanted(error));
    return new Misfit(path, ofKeys, keyword, here.keywords, here.fits, withFormats.sentence(error));
  }

  private Wanted wanted(Error error) {
    String keyword = error.getKeyword();
    if (!(around(error) instanceof Map<?, ?> around)) {
      return new Wanted(Map.of(), value -> true);
    } else if (OPEN_KEYWORDS.contains(keyword)) {
      return around.get("patternProperties") instanceof Map<?, ?> patterns
          ? fitting(Map.of("anyOf", patterns(patterns)))
          : new Wanted(Map.of(), value -> false);
    }
    Map<String, Object> keywords = new HashMap<>();
    Object said = keyword.equals("propertyNames") ? around.get(keyword) : around;
    if (said instanceof Map<?, ?> members) {
      members.forEach(
          (name, value) -> {
            if (value != null && VALUE_KEYWORDS.contains(String.valueOf(name))) {
              keywords.put(String.valueOf(name), value);
            }
          });
    }
    return fitting(keywords);
  }

  private static List<Object> patterns(Map<?, ?> properties) {
    List<Object> patterns = new ArrayList<>();
    properties
        .keySet()
        .forEach(pattern -> patterns.add(Map.of("pattern", String.valueOf(pattern))));
    return patterns;
  }

  private static Wanted fitting(Map<String, Object> keywords) {
    ToolSchema schema = ToolSchema.of(keywords, SchemaCompiler.WITH_FORMATS);
    return new Wanted(keywords, value -> schema.errors(Json.of(value)).isEmpty());
  }

  /** The object of the schema that holds the keyword; null if it cannot be found. */
  private @Nullable Object around(Error error) {
    Object place = tree;
    int last = error.getSchemaLocation().getFragment().getNameCount() - 1;
    for (int i = 0; i < last; i++) {
      Object step = error.getSchemaLocation().getFragment().getElement(i);
      if (place instanceof Map<?, ?> members) {
        place = members.get(String.valueOf(step));
      } else if (place instanceof List<?> items
          && step instanceof Integer index
          && index < items.size()) {
        place = items.get(index);
      } else {
        return null;
      }
    }
    return place;
  }
}
