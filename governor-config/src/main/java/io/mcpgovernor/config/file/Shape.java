package io.mcpgovernor.config.file;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may stand at a place of the file: how it is read, and what the schema says of it. */
interface Shape {
  /**
   * Reads a value.
   *
   * @param path the key, for messages
   * @return null if it is wrong; the problem has then been reported
   */
  @Nullable Object bind(YamlNode node, String path, Binding binding);

  /**
   * The same as JSON Schema.
   *
   * @param definitions takes the schemas that are used in several places
   */
  Map<String, Object> schema(Map<String, Object> definitions);
}
