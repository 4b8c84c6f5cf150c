package io.mcpgovernor.config.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * A list as CEL sees it. It is a list for CEL's functions, and a value of CEL's own besides, since
 * CEL walks through all items of all other lists each time it comes by one.
 */
@SuppressWarnings("Immutable") // CEL hands it on and keeps none: it lives as long as an evaluation
final class ListValue extends CelValue implements List<Object> {
  private static final CelType TYPE = ListType.create(SimpleType.DYN);

  private final List<Object> items;

  /**
   * A list.
   *
   * @param items must refuse to be changed
   */
  ListValue(List<Object> items) {
    this.items = items;
  }

  @Override
  public Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public boolean isEmpty() {
    return items.isEmpty();
  }

  @Override
  public boolean contains(@Nullable Object item) {
    return items.contains(item);
  }

  @Override
  public Iterator<Object> iterator() {
    return items.iterator();
  }

  @Override
  public Object[] toArray() {
    return items.toArray();
  }

  @Override
  public <T extends @Nullable Object> T[] toArray(T[] array) {
    return items.toArray(array);
  }

  @Override
  public boolean containsAll(Collection<?> others) {
    return items.containsAll(others);
  }

  @Override
  public int indexOf(@Nullable Object item) {
    return items.indexOf(item);
  }

  @Override
  public int lastIndexOf(@Nullable Object item) {
    return items.lastIndexOf(item);
  }

  @Override
  public ListIterator<Object> listIterator() {
    return items.listIterator();
  }

  @Override
  public ListIterator<Object> listIterator(int index) {
    return items.listIterator(index);
  }

  @Override
  public List<Object> subList(int from, int to) {
    return items.subList(from, to);
  }

  @Override
  public boolean add(Object item) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void add(int index, Object item) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean addAll(Collection<?> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean addAll(int index, Collection<?> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object set(int index, Object item) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object remove(int index) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean remove(@Nullable Object item) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean removeAll(Collection<?> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean retainAll(Collection<?> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void clear() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || items.equals(other);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  @Override
  public ListValue value() {
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
    return "list";
  }
}
