package io.mcpgovernor.cli.leaktest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a canary in what a client received: in every string, number and key, as it stands,
 * decoded in every way known here, and by its digits alone.
 */
final class Leaks {
  /** Fewer digits than these occur by chance. */
  private static final int DIGITS_MIN = 7;

  /** JSON in base64 in JSON and so on. */
  private static final int DEPTH_MAX = 6;

  private final String secret;
  private final String digits;

  private Leaks(Canary canary) {
    this.secret = comparable(canary.secret());
    this.digits = canary.digits();
  }

  /** Whether the canary is in a message, whatever the message is. */
  static boolean areIn(String message, Canary canary) {
    return new Leaks(canary).areIn(message);
  }

  private boolean areIn(String message) {
    Object whole = WireJson.read(message);
    // Digits of one value and those of another, such as the request's number, are no canary.
    if (whole == null ? isIn(message) : comparable(message).contains(secret)) {
      return true;
    }
    record Layer(@Nullable Object tree, int depth) {}
    Deque<Layer> open = new ArrayDeque<>();
    open.push(new Layer(whole, 0));
    while (!open.isEmpty()) {
      Layer layer = open.pop();
      switch (layer.tree) {
        case Map<?, ?> map -> {
          map.keySet().forEach(key -> open.push(new Layer(key, layer.depth)));
          map.values().forEach(value -> open.push(new Layer(value, layer.depth)));
        }
        case List<?> list -> list.forEach(item -> open.push(new Layer(item, layer.depth)));
        case String text -> {
          if (isIn(text)) {
            return true;
          }
          if (layer.depth < DEPTH_MAX) {
            int deeper = layer.depth + 1;
            open.push(new Layer(WireJson.container(text), deeper));
            String decoded = Disguises.decoded(text);
            if (!decoded.equals(text)) {
              open.push(new Layer(decoded, deeper));
            }
          }
        }
        case Number number -> {
          if (isIn(number.toString())) {
            return true;
          }
        }
        case null, default -> {}
      }
    }
    return false;
  }

  private boolean isIn(String text) {
    String comparable = comparable(text);
    return comparable.contains(secret)
        || (digits.length() >= DIGITS_MIN && comparable.replaceAll("\\D", "").contains(digits));
  }

  private static String comparable(String text) {
    return Disguises.plain(text).toLowerCase(Locale.ROOT);
  }
}
