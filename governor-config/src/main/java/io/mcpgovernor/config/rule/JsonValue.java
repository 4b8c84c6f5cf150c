package io.mcpgovernor.config.rule;

import dev.cel.common.values.NullValue;
import io.mcpgovernor.policy.Condition.FailedException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of JSON trees as CEL has them. */
final class JsonValue {
  private JsonValue() {}

  /**
   * The value for CEL. Objects and lists are views.
   *
   * @throws FailedException if CEL has none that is equal, or the evaluation reads too much
   */
  static Object of(@Nullable Object value, Evaluation evaluation) {
    if (value instanceof String text) {
      return evaluation.counted(text);
    }
    if (value instanceof Number number) {
      return ExactNumber.of(number);
    }
    if (value instanceof Boolean) {
      return value;
    }
    if (value == null) {
      return NullValue.NULL_VALUE;
    }
    if (value instanceof Map<?, ?> members) {
      return new ObjectValue(members, evaluation);
    }
    if (value instanceof List<?> items) {
      return new ListValue(new JsonItems(items, evaluation));
    }
    throw new FailedException("a value is of a type that JSON does not know");
  }
}
