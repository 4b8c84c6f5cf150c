package io.mcpgovernor.config.rule;

import io.mcpgovernor.policy.Condition.UnknowableException;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;

/** The items of a JSON list, read when they are asked for. */
final class JsonItems extends AbstractList<Object> {
  private final List<?> raw;
  private final Evaluation evaluation;

  JsonItems(List<?> raw, Evaluation evaluation) {
    this.raw = raw;
    this.evaluation = evaluation;
  }

  @Override
  public Object get(int index) {
    evaluation.count();
    try {
      return JsonValue.of(raw.get(index), evaluation);
    } catch (UnknowableException e) {
      throw evaluation.noticed(e);
    }
  }

  @Override
  public int size() {
    return raw.size();
  }

  @Override
  public Iterator<Object> iterator() {
    Iterator<?> items = raw.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Object next() {
        evaluation.count();
        try {
          return JsonValue.of(items.next(), evaluation);
        } catch (UnknowableException e) {
          throw evaluation.noticed(e);
        }
      }
    };
  }
}
