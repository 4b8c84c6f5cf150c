package io.mcpgovernor.config.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.StructValue;
import io.mcpgovernor.policy.Condition.FailedException;
import io.mcpgovernor.policy.Condition.UnknowableException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as CEL sees it: a view that reads a member when it is asked for.
 *
 * <p>It is a map for CEL's functions, and a value of CEL's own besides, since CEL walks through all
 * members of all other maps each time it comes by one.
 */
@SuppressWarnings("Immutable") // CEL hands it on and keeps none: it lives as long as an evaluation
class ObjectValue extends StructValue<String, ObjectValue> implements Map<String, Object> {
  private static final CelType TYPE = MapType.create(SimpleType.DYN, SimpleType.DYN);

  private final Map<?, ?> raw;
  private final Evaluation evaluation;
  private final ObjectMembers members;

  ObjectValue(Map<?, ?> raw, Evaluation evaluation) {
    this.raw = raw;
    this.evaluation = evaluation;
    this.members = new ObjectMembers(raw, evaluation);
  }

  @Override
  public Object select(String field) {
    Object value = get(field);
    if (value == null) {
      throw new FailedException("it asks for a field that is not there");
    }
    return value;
  }

  @Override
  public Optional<Object> find(String field) {
    return containsKey(field) ? Optional.of(true) : Optional.empty();
  }

  @Override
  public @Nullable Object get(Object key) {
    if (!(key instanceof String)) {
      return null;
    }
    evaluation.count();
    try {
      Object value = raw.get(key);
      return value == null && !raw.containsKey(key) ? null : JsonValue.of(value, evaluation);
    } catch (UnknowableException e) {
      throw evaluation.noticed(e);
    }
  }

  @Override
  public boolean containsKey(Object key) {
    evaluation.count();
    return key instanceof String && raw.containsKey(key);
  }

  @Override
  public int size() {
    return raw.size();
  }

  @Override
  public boolean isEmpty() {
    return raw.isEmpty();
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return members.entrySet();
  }

  @Override
  public Set<String> keySet() {
    return members.keySet();
  }

  @Override
  public Collection<Object> values() {
    return members.values();
  }

  @Override
  public boolean containsValue(Object value) {
    return members.containsValue(value);
  }

  @Override
  public Object put(String key, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object remove(Object key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putAll(Map<? extends String, ?> other) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || members.equals(other);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public ObjectValue value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return isEmpty();
  }

  @Override
  public CelType celType() {
    return TYPE;
  }

  /** No values: CEL puts it into messages. */
  @Override
  public String toString() {
    return "object";
  }
}
