package io.mcpgovernor.config.rule;

import java.util.Map;

/**
 * How often each kind of PII stands somewhere. The field of a kind that stands nowhere is 0, so
 * that rules need not ask first whether it is there; which kinds there are is checked at load.
 */
@SuppressWarnings("Immutable") // as its superclass
final class CountsValue extends ObjectValue {
  CountsValue(Map<String, Integer> counts, Evaluation evaluation) {
    super(counts, evaluation);
  }

  @Override
  public Object select(String kind) {
    Object count = get(kind);
    return count == null ? 0L : count;
  }
}
