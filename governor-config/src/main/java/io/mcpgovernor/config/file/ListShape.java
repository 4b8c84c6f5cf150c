package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Scalar;
import io.mcpgovernor.config.file.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of one shape, in an order that may mean something. */
class ListShape implements Shape {
  private final Shape element;
  private final int least;
  private final int most;
  private final boolean isSingleAllowed;
  private final String example;

  ListShape(Shape element, int least, int most, boolean isSingleAllowed, String example) {
    this.element = element;
    this.least = least;
    this.most = most;
    this.isSingleAllowed = isSingleAllowed;
    this.example = example;
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    if (isSingleAllowed && node instanceof Scalar) {
      Object single = element.bind(node, path, binding);
      return single == null ? null : List.of(single);
    }
    if (!(node instanceof Sequence sequence)) {
      binding.wrongType(node, path, "a list", example);
      return null;
    }
    int size = sequence.items().size();
    if (size < least || size > most) {
      binding.wrong(
          node,
          path,
          size < least
              ? "this list needs at least " + least + (least == 1 ? " element" : " elements")
              : "this list may have " + most + " elements, and has " + size,
          size < least ? example : "");
      return null;
    }
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Object value = element.bind(sequence.items().get(i), KeyPath.item(path, i), binding);
      if (value != null) {
        bound.add(value);
      }
    }
    return bound.size() == size ? List.copyOf(bound) : null;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", element.schema(definitions));
    if (least > 0) {
      schema.put("minItems", least);
    }
    schema.put("maxItems", most);
    return isSingleAllowed
        ? new LinkedHashMap<>(Map.of("anyOf", List.of(element.schema(definitions), schema)))
        : schema;
  }
}
