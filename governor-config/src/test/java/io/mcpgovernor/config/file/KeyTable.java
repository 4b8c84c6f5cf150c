package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of all keys, as the documentation has it: made from the schema. */
final class KeyTable {
  private final Map<String, Object> schema = ConfigSchema.tree();
  private final StringBuilder rows =
      new StringBuilder("| key | unless said | what |\n|---|---|---|\n");

  private KeyTable() {}

  static String text() {
    KeyTable table = new KeyTable();
    table.properties("", table.schema);
    return table.rows.toString();
  }

  private void properties(String path, Map<?, ?> object) {
    if (object.get("properties") instanceof Map<?, ?> properties) {
      List<?> required = object.get("required") instanceof List<?> list ? list : List.of();
      properties.forEach(
          (name, value) -> {
            Map<?, ?> key = (Map<?, ?>) value;
            String keyPath = path.isEmpty() ? "" + name : path + "." + name;
            row(keyPath, key, required.contains(name));
            below(keyPath, key);
          });
    }
  }

  private void row(String path, Map<?, ?> key, boolean isRequired) {
    rows.append("| `").append(path).append("` | ");
    if (isRequired) {
      rows.append("required");
    } else if (key.containsKey("default") && !Map.of().equals(key.get("default"))) {
      rows.append('`').append(plain(key.get("default"))).append('`');
    }
    rows.append(" | ").append(key.get("description")).append(" |\n");
  }

  private void below(String path, Map<?, ?> value) {
    if (value.get("$ref") instanceof String reference) {
      Map<?, ?> definitions = (Map<?, ?>) schema.get("$defs");
      properties(path, (Map<?, ?>) definitions.get(reference.substring("#/$defs/".length())));
    } else if (value.get("additionalProperties") instanceof Map<?, ?> values) {
      below(path + ".*", values);
    } else if (value.get("items") instanceof Map<?, ?> items) {
      below(path + "[]", items);
    }
  }

  private static String plain(@Nullable Object value) {
    String json = new String(Json.of(value).utf8(), StandardCharsets.UTF_8);
    return json.replace("\"", "").replace(",", ", ");
  }
}
