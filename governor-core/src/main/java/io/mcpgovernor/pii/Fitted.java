package io.mcpgovernor.pii;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A masked value that was made to fit what was promised, or the places where that failed.
 *
 * @param value the masked value, with surrogates where its masks did not fit
 * @param isPlain whether the plain masks fitted, so that the value is the plainly masked one
 * @param left what still does not fit and held something that was found; the value must not be
 *     released then
 */
public record Fitted(Json value, boolean isPlain, List<Misfit> left) {
  private static final int NAMED_MAX = 3;

  /** What does not fit, in words without any value; null if it fits. */
  public @Nullable String problem() {
    return left.isEmpty()
        ? null
        : left.stream()
            .map(Misfit::sentence)
            .distinct()
            .limit(NAMED_MAX)
            .collect(Collectors.joining("; "));
  }
}
