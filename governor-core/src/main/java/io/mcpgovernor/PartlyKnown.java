package io.mcpgovernor;

import io.mcpgovernor.policy.Condition.UnknowableException;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A recorded JSON tree of which some values are masked: asking for one of those is an {@link
 * UnknowableException}, asking for the others is answered. Views over the tree. Unmodifiable.
 */
final class PartlyKnown {
  private final BiPredicate<String, String> isMasked;
  private final Predicate<String> isMaskedName;

  /**
   * A view.
   *
   * @param isMasked whether a text at a JSON pointer is not what it was
   * @param isMaskedName whether the name of a field is not what it was
   */
  PartlyKnown(BiPredicate<String, String> isMasked, Predicate<String> isMaskedName) {
    this.isMasked = isMasked;
    this.isMaskedName = isMaskedName;
  }

  /** A value as it is known. */
  @Nullable Object of(@Nullable Object value, String pointer) {
    if (value instanceof Map<?, ?> members) {
      return new Members(members, pointer);
    }
    if (value instanceof List<?> items) {
      return new Items(items, pointer);
    }
    if (value instanceof String text && isMasked.test(pointer, text)) {
      throw new UnknowableException("args" + pointer.replace('/', '.') + " is masked on record");
    }
    return value;
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private final class Members extends AbstractMap<String, @Nullable Object> {
    private final Map<?, ?> members;
    private final String pointer;

    private Members(Map<?, ?> members, String pointer) {
      this.members = members;
      this.pointer = pointer;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      return key instanceof String name
          ? of(members.get(name), pointer + '/' + escaped(name))
          : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      if (members.containsKey(key)) {
        return true;
      }
      members.keySet().forEach(name -> known(String.valueOf(name)));
      return false;
    }

    private String known(String name) {
      if (isMaskedName.test(name)) {
        throw new UnknowableException("a name of a field in the arguments is masked on record");
      }
      return name;
    }

    @Override
    public int size() {
      return members.size();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public int size() {
          return members.size();
        }

        @Override
        public Iterator<Entry<String, @Nullable Object>> iterator() {
          Iterator<?> names = members.keySet().iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return names.hasNext();
            }

            @Override
            public Entry<String, @Nullable Object> next() {
              String name = known(String.valueOf(names.next()));
              return new SimpleImmutableEntry<>(name, Members.this.get(name));
            }
          };
        }
      };
    }
  }

  private final class Items extends AbstractList<@Nullable Object> {
    private final List<?> items;
    private final String pointer;

    private Items(List<?> items, String pointer) {
      this.items = items;
      this.pointer = pointer;
    }

    @Override
    public @Nullable Object get(int index) {
      return of(items.get(index), pointer + '/' + index);
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /** An object of which nothing is known. */
  static Map<String, @Nullable Object> nothing() {
    return new AbstractMap<>() {
      @Override
      public boolean containsKey(@Nullable Object key) {
        throw new UnknowableException("args are not on record");
      }

      @Override
      public @Nullable Object get(@Nullable Object key) {
        throw new UnknowableException("args are not on record");
      }

      @Override
      public Set<Entry<String, @Nullable Object>> entrySet() {
        throw new UnknowableException("args are not on record");
      }
    };
  }
}
