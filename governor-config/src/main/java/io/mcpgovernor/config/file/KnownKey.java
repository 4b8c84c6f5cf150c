package io.mcpgovernor.config.file;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key that a group knows.
 *
 * @param name as it is written
 * @param said what its component says of it
 * @param shape what may stand there
 * @param isRequired whether it has to be there
 * @param unless what holds if it is not; null for nothing
 */
record KnownKey(String name, Key said, Shape shape, boolean isRequired, @Nullable YamlNode unless) {

  static KnownKey of(RecordComponent component) {
    Key said = component.getAnnotation(Key.class);
    if (said == null) {
      throw new IllegalStateException(component + " of a configuration says nothing of its key");
    }
    boolean isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return new KnownKey(
        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
        said,
        Shapes.of(component.getGenericType(), said),
        !isNullable && said.unless().isEmpty(),
        said.unless().isEmpty() ? null : written(said.unless()));
  }

  private static YamlNode written(String yaml) {
    return YamlReader.read(yaml, new Problems("(built in)"));
  }

  String example() {
    return said.example();
  }

  String needs() {
    return said.needs();
  }

  Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", said.value());
    schema.putAll(shape.schema(definitions));
    if (unless != null) {
      schema.put("default", unless.tree());
    }
    if (!said.example().isEmpty()) {
      Object example = written(said.example()).tree();
      if (example != null) {
        schema.put("examples", List.of(example));
      }
    }
    return schema;
  }
}
