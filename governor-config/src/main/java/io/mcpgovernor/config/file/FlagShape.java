package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Scalar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code true} or {@code false}; in YAML 1.2 neither {@code yes} nor {@code on} is either. */
final class FlagShape implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    if (node instanceof Scalar scalar && scalar.type() == ScalarType.BOOLEAN) {
      return scalar.text().equalsIgnoreCase("true");
    }
    binding.wrongType(node, path, "true or false, without quotes", "");
    return null;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    return Map.of("type", "boolean");
  }
}
