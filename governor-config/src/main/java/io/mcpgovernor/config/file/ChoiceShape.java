package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the constants of an enum, in lower case. */
final class ChoiceShape implements Shape {
  private final Map<String, Object> choices = new LinkedHashMap<>();

  ChoiceShape(Class<?> type) {
    Stream.of(type.getEnumConstants()).forEach(constant -> choices.put(name(constant), constant));
  }

  /** How a constant is written. */
  static String name(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    String expected = "one of " + String.join(", ", choices.keySet());
    if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.TEXT) {
      binding.wrongType(node, path, expected, "");
      return null;
    }
    Object choice = choices.get(scalar.text());
    if (choice == null) {
      String near = Nearest.to(scalar.text(), choices.keySet());
      binding.wrong(
          node,
          path,
          "this must be " + expected + (near == null ? "" : "; did you mean " + near + "?"),
          "");
    }
    return choice;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("enum", List.copyOf(choices.keySet()));
    return schema;
  }
}
