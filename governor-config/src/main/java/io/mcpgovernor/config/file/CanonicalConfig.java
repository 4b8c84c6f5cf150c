package io.mcpgovernor.config.file;

import io.mcpgovernor.call.Json;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in one form: whatever means the same is the same. Secrets are in it by reference;
 * other values of {@code env}, which may be secrets that somebody wrote down, by name only.
 */
final class CanonicalConfig {
  private static final int VERSION_BYTES = 6;

  private CanonicalConfig() {}

  /** Twelve hexadecimal digits of SHA-256. */
  static String version(GovernorConfig config) {
    return HexFormat.of().formatHex(Sha256.of(Json.of(tree(config)).utf8()), 0, VERSION_BYTES);
  }

  /** The whole of it as the values of JSON. */
  static @Nullable Object tree(@Nullable Object value) {
    if (value == null || value instanceof Boolean || value instanceof Integer) {
      return value;
    } else if (value instanceof Secret secret) {
      return secret.reference();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, element) -> sorted.put(String.valueOf(key), tree(element)));
      return sorted;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(tree(element)));
      return elements;
    } else if (value instanceof Set<?> set) {
      Set<String> sorted = new TreeSet<>();
      set.forEach(element -> sorted.add(String.valueOf(tree(element))));
      return List.copyOf(sorted);
    } else if (value instanceof Record) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        sorted.put(component.getName(), tree(part(value, component)));
      }
      return sorted;
    } else if (value instanceof Long number) {
      return number;
    }
    return value.toString(); // texts, enums, times, paths and URLs have one form each
  }

  private static @Nullable Object part(Object value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
