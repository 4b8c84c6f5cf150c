package io.mcpgovernor.config.rule;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set of names as a list, which {@code in} asks without going through it. */
final class NameItems extends AbstractList<Object> {
  private final Set<String> names;
  private @Nullable List<Object> sorted;

  NameItems(Set<String> names) {
    this.names = names;
  }

  @Override
  public Object get(int index) {
    return sorted().get(index);
  }

  /** In one order, so that a rule that takes the first decides the same each time. */
  private List<Object> sorted() {
    List<Object> list = sorted;
    if (list == null) {
      list = new ArrayList<>(names.stream().sorted().toList());
      sorted = list;
    }
    return list;
  }

  @Override
  public Iterator<Object> iterator() {
    return sorted().iterator();
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public boolean contains(@Nullable Object name) {
    return name instanceof String && names.contains(name);
  }
}
