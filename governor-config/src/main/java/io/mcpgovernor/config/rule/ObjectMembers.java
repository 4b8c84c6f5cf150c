package io.mcpgovernor.config.rule;

import io.mcpgovernor.policy.Condition.UnknowableException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object one after the other; values are read when they are asked for. */
final class ObjectMembers extends AbstractMap<String, Object> {
  private final Map<?, ?> raw;
  private final Evaluation evaluation;

  ObjectMembers(Map<?, ?> raw, Evaluation evaluation) {
    this.raw = raw;
    this.evaluation = evaluation;
  }

  @Override
  public @Nullable Object get(Object key) {
    try {
      return raw.containsKey(key) ? JsonValue.of(raw.get(key), evaluation) : null;
    } catch (UnknowableException e) {
      throw evaluation.noticed(e);
    }
  }

  @Override
  public boolean containsKey(Object key) {
    return raw.containsKey(key);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        return members(raw.keySet().iterator());
      }

      @Override
      public int size() {
        return raw.size();
      }
    };
  }

  private Iterator<Entry<String, Object>> members(Iterator<?> keys) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return keys.hasNext();
      }

      @Override
      public Entry<String, Object> next() {
        return new Member(evaluation.counted(String.valueOf(keys.next())));
      }
    };
  }

  /** A member whose value is read when it is asked for. */
  private final class Member implements Entry<String, Object> {
    private final String key;

    Member(String key) {
      this.key = key;
    }

    @Override
    public String getKey() {
      return key;
    }

    @Override
    public Object getValue() {
      try {
        return JsonValue.of(raw.get(key), evaluation);
      } catch (UnknowableException e) {
        throw evaluation.noticed(e);
      }
    }

    @Override
    public Object setValue(Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry<?, ?> entry
          && key.equals(entry.getKey())
          && getValue().equals(entry.getValue());
    }

    @Override
    public int hashCode() {
      return key.hashCode() ^ getValue().hashCode();
    }
  }
}
