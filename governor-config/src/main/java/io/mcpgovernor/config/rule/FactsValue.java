package io.mcpgovernor.config.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.values.StructValue;
import io.mcpgovernor.policy.Condition.FailedException;
import java.util.Map;
import java.util.Optional;

/** A variable with fields, each worked out when it is asked for. */
@SuppressWarnings("Immutable") // CEL hands it on and keeps none: it lives as long as an evaluation
final class FactsValue extends StructValue<String, FactsValue> {
  private final CelType type;
  private final Map<String, Variable> fields;
  private final Evaluation evaluation;

  FactsValue(CelType type, Map<String, Variable> fields, Evaluation evaluation) {
    this.type = type;
    this.fields = fields;
    this.evaluation = evaluation;
  }

  @Override
  public Object select(String field) {
    Variable known = fields.get(field);
    if (known == null) {
      throw new FailedException("there is no field " + field);
    }
    return evaluation.read(known);
  }

  @Override
  public Optional<Object> find(String field) {
    return fields.containsKey(field) ? Optional.of(true) : Optional.empty();
  }

  @Override
  public FactsValue value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return false;
  }

  @Override
  public CelType celType() {
    return type;
  }
}
