package io.mcpgovernor.policy;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The facts of several decisions as one map, in the order they were found; of facts with the same
 * name the last one counts. A view over immutable maps, because every call collects facts and
 * hardly any reads them twice. Unmodifiable.
 */
public final class Facts extends AbstractMap<String, Object> {
  private final List<Map<String, Object>> parts;

  private Facts(List<Map<String, Object>> parts) {
    this.parts = parts;
  }

  /**
   * The facts of decisions.
   *
   * @param decisions in the order in which they were made
   */
  public static Facts of(List<Decision> decisions) {
    List<Map<String, Object>> parts = new ArrayList<>(4);
    for (Decision decision : decisions) {
      if (!decision.metadata().isEmpty()) {
        parts.add(decision.metadata());
      }
    }
    return new Facts(parts);
  }

  /** Without the entries that an iterator would have to make. */
  @Override
  public @Nullable Object get(@Nullable Object name) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      Object fact = name == null ? null : parts.get(i).get(name);
      if (fact != null) {
        return fact;
      }
    }
    return null;
  }

  /** In order, and without the entries that an iterator would have to make. */
  @Override
  public void forEach(BiConsumer<? super String, ? super Object> action) {
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      parts
          .get(part)
          .forEach(
              (name, fact) -> {
                if (isLast(part, name)) {
                  action.accept(name, fact);
                }
              });
    }
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        List<Entry<String, Object>> entries = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
          for (Entry<String, Object> entry : parts.get(i).entrySet()) {
            if (isLast(i, entry.getKey())) {
              entries.add(entry);
            }
          }
        }
        return List.copyOf(entries).iterator();
      }

      @Override
      public int size() {
        int size = 0;
        for (Entry<String, Object> ignored : this) {
          size++;
        }
        return size;
      }
    };
  }

  private boolean isLast(int part, String name) {
    for (int later = part + 1; later < parts.size(); later++) {
      if (parts.get(later).containsKey(name)) {
        return false;
      }
    }
    return true;
  }
}
