package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Any value of JSON, such as the arguments of a call. */
final class JsonShape implements Shape {
  @Override
  public Object bind(YamlNode node, String path, Binding binding) {
    return Json.of(node.tree());
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    return new LinkedHashMap<>();
  }
}
