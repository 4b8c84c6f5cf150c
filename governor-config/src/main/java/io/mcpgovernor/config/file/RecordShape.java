package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Entry;
import io.mcpgovernor.config.file.YamlNode.Mapping;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A group of known keys: a record whose components bear a {@link Key} each. */
final class RecordShape implements Shape {
  private final Class<?> type;
  private final Map<String, KnownKey> keys = new LinkedHashMap<>();
  private final List<String> oneOf;

  RecordShape(Class<?> type) {
    this.type = type;
    for (RecordComponent component : type.getRecordComponents()) {
      KnownKey key = KnownKey.of(component);
      keys.put(key.name(), key);
    }
    OneOf choice = type.getAnnotation(OneOf.class);
    this.oneOf = choice == null ? List.of() : List.of(choice.value());
  }

  @Override
  public @Nullable Object bind(YamlNode node, String path, Binding binding) {
    if (!(node instanceof Mapping mapping)) {
      binding.wrongType(
          node, path, "a group of keys", String.join(", ", keys.keySet()) + " are known");
      return null;
    }
    boolean isRight = hasOnlyKnown(mapping, path, binding);
    isRight &= hasWhatIsNeeded(mapping, path, binding);
    @Nullable Object[] values = new @Nullable Object[keys.size()];
    int i = 0;
    for (KnownKey key : keys.values()) {
      Entry entry = mapping.entry(key.name());
      YamlNode written = entry == null ? key.unless() : entry.value();
      if (written != null) {
        values[i] = key.shape().bind(written, KeyPath.key(path, key.name()), binding);
      }
      isRight &= values[i] != null || (entry == null && !key.isRequired());
      i++;
    }
    return isRight ? checked(construct(values), mapping, path, binding) : null;
  }

  private boolean hasOnlyKnown(Mapping mapping, String path, Binding binding) {
    boolean isRight = true;
    for (Entry entry : mapping.entries()) {
      String name = entry.key().text();
      if (!keys.containsKey(name)) {
        String near = Nearest.to(name, keys.keySet());
        binding
            .problems()
            .add(
                entry.key().at(),
                KeyPath.key(path, name),
                "there is no such key here; "
                    + (near != null
                        ? "did you mean " + near + "?"
                        : "known are " + String.join(", ", keys.keySet())));
        isRight = false;
      }
    }
    return isRight;
  }

  private boolean hasWhatIsNeeded(Mapping mapping, String path, Binding binding) {
    boolean isRight = true;
    for (KnownKey key : keys.values()) {
      Entry entry = mapping.entry(key.name());
      if (entry == null && key.isRequired()) {
        binding.wrong(mapping, path, "the key " + key.name() + " is missing", key.example());
        isRight = false;
      } else if (entry != null && !key.needs().isEmpty() && mapping.entry(key.needs()) == null) {
        binding
            .problems()
            .add(
                entry.key().at(),
                KeyPath.key(path, key.name()),
                "this key means something beside " + key.needs() + " only");
        isRight = false;
      }
    }
    long there = oneOf.stream().filter(key -> mapping.entry(key) != null).count();
    if (!oneOf.isEmpty() && there != 1) {
      binding.wrong(
          mapping,
          path,
          (there == 0 ? "one of these keys is missing: " : "only one of these keys may be here: ")
              + String.join(", ", oneOf),
          "");
      isRight = false;
    }
    return isRight;
  }

  private Object construct(@Nullable Object[] values) {
    try {
      Class<?>[] types =
          Stream.of(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " refuses what its keys allow", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static @Nullable Object checked(
      Object made, Mapping mapping, String path, Binding binding) {
    boolean[] isRight = {true};
    if (made instanceof Checked checked) {
      checked.check(
          (message, steps) -> {
            isRight[0] = false;
            Located.Spot spot = Located.of(mapping, path, steps);
            binding.problems().add(spot.at(), spot.path(), message);
          });
    }
    return isRight[0] ? made : null;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    String name = type.getSimpleName().replaceFirst("Config$", "");
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of()); // keeps its place
      definitions.put(name, object(definitions));
    }
    return new LinkedHashMap<>(Map.of("$ref", "#/$defs/" + name));
  }

  /** The schema itself, for the outermost group. */
  Map<String, Object> object(Map<String, Object> definitions) {
    Map<String, Object> properties = new LinkedHashMap<>();
    Map<String, Object> needs = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (KnownKey key : keys.values()) {
      properties.put(key.name(), key.schema(definitions));
      if (key.isRequired()) {
        required.add(key.name());
      }
      if (!key.needs().isEmpty()) {
        needs.put(key.name(), List.of(key.needs()));
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!needs.isEmpty()) {
      schema.put("dependentRequired", needs);
    }
    if (!oneOf.isEmpty()) {
      schema.put("oneOf", oneOf.stream().map(key -> Map.of("required", List.of(key))).toList());
    }
    return schema;
  }

  /** The keys, for documentation. */
  Map<String, KnownKey> keys() {
    return Collections.unmodifiableMap(keys);
  }
}
