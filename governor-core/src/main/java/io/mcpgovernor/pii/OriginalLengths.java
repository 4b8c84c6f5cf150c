package io.mcpgovernor.pii;

import io.mcpgovernor.pii.JsonCursor.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long strings were before they were masked: a mask says nothing of it. Masking replaces values
 * and never adds or removes any, so the value and its masked form are read side by side.
 *
 * <p>Used once, by one thread.
 */
final class OriginalLengths {
  private final byte[] original;
  private final byte[] masked;

  private OriginalLengths(byte[] original, byte[] masked) {
    this.original = original;
    this.masked = masked;
  }

  /**
   * The lengths of strings that are not in the masked form as they were.
   *
   * @param keptBytes how much of the masked form is kept; strings that reach beyond count as well
   * @param max how many at most
   * @return JSON pointers (RFC 6901) into the masked form, and code points
   */
  static Map<String, Integer> of(byte[] original, byte[] masked, int keptBytes, int max) {
    return new OriginalLengths(original, masked).read(keptBytes, max);
  }

  private Map<String, Integer> read(int keptBytes, int max) {
    int[] places = new int[max];
    int[] lengths = new int[max];
    int count = 0;
    JsonCursor before = new JsonCursor().start(original, 0, original.length);
    JsonCursor after = new JsonCursor().start(masked, 0, masked.length);
    while (count < max) {
      Token token = before.next();
      if (token == Token.END || token == Token.MALFORMED) {
        break;
      }
      after.next();
      if (token == Token.STRING && (after.to() > keptBytes || isMasked(before, after))) {
        places[count] = after.from();
        lengths[count++] = codePoints(before.from(), before.to());
      }
    }
    Map<String, Integer> named = new LinkedHashMap<>();
    Pointers.visit(
        masked,
        Arrays.copyOf(places, count),
        (first, end, path) -> {
          named.put(Pointers.pointer(path), lengths[first]);
          return true;
        });
    return named;
  }

  private boolean isMasked(JsonCursor before, JsonCursor after) {
    return !Arrays.equals(original, before.from(), before.to(), masked, after.from(), after.to());
  }

  private int codePoints(int from, int to) {
    Unescaped content = new Unescaped();
    content.read(original, from, to);
    String text = new String(content.utf8(), 0, content.length(), StandardCharsets.UTF_8);
    return text.codePointCount(0, text.length());
  }
}
