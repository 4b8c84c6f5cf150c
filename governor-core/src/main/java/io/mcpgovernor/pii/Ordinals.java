package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the keys of one object apart after masking: the second key that would read {@code
 * ***@***.com} reads {@code ***@***.com#2}, and so on; a key that was not masked keeps its name.
 *
 * <p>Levels are numbered apart, because keys that differ when their last digits are shown may be
 * alike when nothing is. Not thread-safe; used once.
 */
final class Ordinals {
  private static final byte[] NOTHING = {};

  private final Splices splices;
  private final int strings;
  private final Set<String> literals = new HashSet<>();
  private final List<Masked> masked = new ArrayList<>();

  private record Masked(int reserved, String standard, String strict) {}

  /**
   * @param splices where keys and their replacements are
   * @param strings how many JSON strings a key's bytes stand in, its own quotes included
   */
  Ordinals(Splices splices, int strings) {
    this.splices = splices;
    this.strings = strings;
  }

  /** A key that was not masked. */
  void literal(int from, int to) {
    literals.add(unescape(splices.source(), from, to));
  }

  /** A masked key and the place kept for its ordinal, which ends it. */
  void masked(int from, int to, int reserved) {
    masked.add(
        new Masked(
            reserved,
            name(from, to, reserved, Sensitivity.STANDARD),
            name(from, to, reserved, Sensitivity.STRICT)));
  }

  /** Gives each masked key the ordinal it needs. */
  void settle() {
    Set<String> standard = new HashSet<>(literals);
    Set<String> strict = new HashSet<>(literals);
    Map<String, Integer> standardNext = new HashMap<>();
    Map<String, Integer> strictNext = new HashMap<>();
    for (Masked key : masked) {
      splices.fill(
          key.reserved,
          ordinal(key.standard, standard, standardNext),
          ordinal(key.strict, strict, strictNext));
    }
  }

  private static byte[] ordinal(String name, Set<String> taken, Map<String, Integer> next) {
    if (taken.add(name)) {
      return NOTHING;
    }
    int ordinal = next.getOrDefault(name, 2);
    while (!taken.add(name + "#" + ordinal)) {
      ordinal++;
    }
    next.put(name, ordinal + 1);
    return ("#" + ordinal).getBytes(StandardCharsets.US_ASCII);
  }

  private String name(int from, int to, int reserved, Sensitivity level) {
    byte[] rendered = splices.render(from, to, reserved, level);
    return unescape(rendered, 0, rendered.length);
  }

  private String unescape(byte[] key, int from, int to) {
    return Unescaped.text(key, from, to, strings);
  }
}
