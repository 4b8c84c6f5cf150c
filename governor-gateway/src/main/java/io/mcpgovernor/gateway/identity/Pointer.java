package io.mcpgovernor.gateway.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON pointer.
 *
 * @param text as it is written
 * @param steps names and indexes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
 */
record Pointer(String text, List<String> steps) {
  static Pointer of(String text) {
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return new Pointer(text, List.copyOf(steps));
  }

  /** What it leads to; null if to nothing. */
  @Nullable Object in(Object tree) {
    Object at = tree;
    for (String step : steps) {
      if (at instanceof Map<?, ?> members) {
        at = members.get(step);
      } else if (at instanceof List<?> elements
          && step.matches("0|[1-9][0-9]{0,8}")
          && Integer.parseInt(step) < elements.size()) {
        at = elements.get(Integer.parseInt(step));
      } else {
        return null;
      }
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return text;
  }
}
