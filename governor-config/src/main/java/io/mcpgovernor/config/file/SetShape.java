package io.mcpgovernor.config.file;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of one shape in no order. One that stands there twice counts once. */
final class SetShape implements Shape {
  private final ListShape list;

  SetShape(ListShape list) {
    this.list = list;
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    Object bound = list.bind(node, path, binding);
    return bound == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>((List<?>) bound));
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    return list.schema(definitions);
  }
}
