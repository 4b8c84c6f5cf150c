package io.mcpgovernor.cli.leaktest;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer is the one expected: every member and item of it, in JSON and base64 within it
 * too. Members that were added are nobody's harm. Where a {@link LeakCase#HOLE} is expected,
 * anything may stand but nothing.
 *
 * @param ignoringDisguise whether text may be written in another way, such as full-width
 */
record Likeness(boolean ignoringDisguise) {
  boolean of(@Nullable Object expected, @Nullable Object received) {
    return switch (expected) {
      case Map<?, ?> map -> received instanceof Map<?, ?> other && ofObjects(map, other);
      case List<?> list -> received instanceof List<?> other && ofArrays(list, other);
      case String text -> received != null && ofTexts(text, received);
      case Number number ->
          received instanceof Number other
              && new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
      case null, default -> Objects.equals(expected, received);
    };
  }

  private boolean ofObjects(Map<?, ?> expected, Map<?, ?> received) {
    for (Map.Entry<?, ?> member : expected.entrySet()) {
      String key = (String) member.getKey();
      boolean isThere =
          received.entrySet().stream()
              .anyMatch(
                  other -> ofTexts(key, other.getKey()) && of(member.getValue(), other.getValue()));
      if (!isThere) {
        return false;
      }
    }
    return received.size() >= expected.size();
  }

  private boolean ofArrays(List<?> expected, List<?> received) {
    if (expected.size() != received.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!of(expected.get(i), received.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean ofTexts(String expected, Object received) {
    if (expected.equals(LeakCase.HOLE)) {
      return !received.equals("");
    }
    if (!(received instanceof String text)) {
      return false;
    }
    if (expected.equals(text)) {
      return true;
    }
    Object inside = WireJson.container(expected);
    if (inside != null) {
      return of(inside, WireJson.container(text));
    }
    String decoded = Disguises.base64(expected);
    if (decoded != null) {
      String other = Disguises.base64(text);
      return other != null && ofTexts(decoded, other);
    }
    if (expected.contains(LeakCase.HOLE) || expected.contains(Encoding.percent(LeakCase.HOLE))) {
      return !text.isEmpty();
    }
    return ignoringDisguise && Disguises.plain(expected).equals(Disguises.plain(text));
  }
}
