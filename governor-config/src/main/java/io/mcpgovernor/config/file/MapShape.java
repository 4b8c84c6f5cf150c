package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Entry;
import io.mcpgovernor.config.file.YamlNode.Mapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of one shape by keys that the file chooses. */
final class MapShape implements Shape {
  private final WordForm keys;
  private final Shape values;
  private final int most;
  private final String example;

  MapShape(WordForm keys, Shape values, int most, String example) {
    this.keys = keys;
    this.values = values;
    this.most = most;
    this.example = example;
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    if (!(node instanceof Mapping mapping)) {
      binding.wrongType(node, path, "a group of keys", example);
      return null;
    }
    if (mapping.entries().size() > most) {
      binding.wrong(
          node,
          path,
          "this group may have " + most + " keys, and has " + mapping.entries().size(),
          "");
      return null;
    }
    Map<String, Object> bound = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      String keyPath = KeyPath.key(path, key);
      String problem = WordShape.problem(keys, key);
      if (problem != null) {
        binding
            .problems()
            .add(entry.key().at(), keyPath, problem.replaceFirst("^this must", "the key must"));
      }
      Object value = values.bind(entry.value(), keyPath, binding);
      if (problem == null && value != null) {
        bound.put(key, value);
      }
    }
    return bound.size() == mapping.entries().size() ? Collections.unmodifiableMap(bound) : null;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("propertyNames", WordShape.schema(keys));
    schema.put("additionalProperties", values.schema(definitions));
    schema.put("maxProperties", most);
    return schema;
  }
}
