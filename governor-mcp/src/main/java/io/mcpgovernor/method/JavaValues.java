package io.mcpgovernor.method;

import io.mcpgovernor.call.Json;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Java values as JSON and back. Nothing is made to fit: a text is no number. Thread-safe. */
final class JavaValues {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();

  private JavaValues() {}

  static Json write(@Nullable Object value) {
    return Json.utf8(MAPPER.writeValueAsBytes(value));
  }

  /**
   * Reads a value as a type.
   *
   * @throws JacksonException if the type has no room for it; the message may quote the value
   */
  static @Nullable Object read(Json value, Type type) {
    return MAPPER.readValue(value.utf8(), MAPPER.constructType(type));
  }
}
