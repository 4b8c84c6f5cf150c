package io.mcpgovernor.policy;

import io.mcpgovernor.call.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Nothing masked is written back ({@code masked_value}): an argument that holds one of our masks,
 * to a tool that does not declare itself read-only, would overwrite real data with asterisks.
 * Thread-safe.
 */
public final class WriteBack implements InstantPolicy {
  private final Predicate<String> holdsMask;

  /**
   * The rule.
   *
   * @param holdsMask tells our masks from other text
   */
  public WriteBack(Predicate<String> holdsMask) {
    this.holdsMask = holdsMask;
  }

  @Override
  public Decision decideNow(ToolCall call) {
    if (call.tool().isReadOnly() || !holds(call.arguments().object())) {
      return Decision.allow();
    }
    return new Decision.Deny(
        DenialCode.MASKED_VALUE,
        "An argument holds a masked value, and this tool may write it over the real one.",
        List.of(
            "Leave the masked field out, so that the stored value stays as it is.",
            "If the value is to change, ask the user for the new one."),
        null,
        Map.of());
  }

  private boolean holds(@Nullable Object value) {
    if (value instanceof String text) {
      return holdsMask.test(text);
    } else if (value instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (holds(member.getKey()) || holds(member.getValue())) {
          return true;
        }
      }
    } else if (value instanceof List<?> items) {
      for (Object item : items) {
        if (holds(item)) {
          return true;
        }
      }
    }
    return false;
  }
}
