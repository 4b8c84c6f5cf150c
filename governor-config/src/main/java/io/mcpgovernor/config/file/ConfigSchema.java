package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of the configuration file, for editors and pipelines. It is made from the same
 * descriptions by which files are read, and refuses what the reader refuses, except where several
 * keys do not fit together or a secret is missing.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 */
public final class ConfigSchema {
  private static final String ID =
      "https://mcpgovernor.io/schema/governor.schema.json"; // a name; nothing is fetched

  private ConfigSchema() {}

  /** The schema as the values of JSON. */
  public static Map<String, Object> tree() {
    Map<String, Object> definitions = new TreeMap<>();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", ID);
    schema.put("title", "mcp-governor configuration");
    schema.put("description", "What may stand in governor.yaml: docs/configuration.md.");
    schema.putAll(Shapes.of(GovernorConfig.class).object(definitions));
    schema.put("$defs", definitions);
    return schema;
  }

  /** The schema as JSON, indented, with a line break at the end. */
  public static String text() {
    StringBuilder out = new StringBuilder();
    write(tree(), "", out);
    return out.append('\n').toString();
  }

  private static void write(@Nullable Object value, String indent, StringBuilder out) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append("{\n");
      for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<?, ?> entry = i.next();
        out.append(indent).append("  ").append(json(entry.getKey())).append(": ");
        write(entry.getValue(), indent + "  ", out);
        out.append(i.hasNext() ? ",\n" : "\n");
      }
      out.append(indent).append('}');
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      out.append("[\n");
      for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
        out.append(indent).append("  ");
        write(i.next(), indent + "  ", out);
        out.append(i.hasNext() ? ",\n" : "\n");
      }
      out.append(indent).append(']');
    } else {
      out.append(json(value));
    }
  }

  private static String json(@Nullable Object value) {
    return new String(Json.of(value).utf8(), StandardCharsets.UTF_8);
  }
}
