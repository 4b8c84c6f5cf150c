package io.mcpgovernor.pii;

import io.mcpgovernor.pii.Leaf.Part;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that were found back out of their source, each once. Only records ask for them,
 * so scans do not keep them.
 *
 * <p>Used once, by one thread.
 */
final class FoundValues {
  private final int max;
  private final Set<FoundValue> values = new LinkedHashSet<>();

  private FoundValues(int max) {
    this.max = max;
  }

  /**
   * The values of a scan, in order.
   *
   * @param max how many at most
   */
  static Set<FoundValue> of(Splices splices, int max) {
    FoundValues found = new FoundValues(max);
    found.read(splices);
    return found.values;
  }

  private void read(Splices splices) {
    byte[] source = splices.source();
    Map<Integer, String> escaped = null;
    for (int i = 0; i < splices.size() && values.size() < max; i++) {
      Kind kind = splices.kind(i);
      if (kind == null) {
        continue;
      }
      if (!splices.encoded(i).isEmpty()) {
        splices.encoded(i).forEach(this::read);
        continue;
      }
      int from = splices.from(i);
      int to = splices.to(i);
      if (!hasBackslash(source, from, to)) {
        add(kind, kind.normal(source, from, to));
        continue;
      }
      if (escaped == null) {
        escaped = unescaped(splices);
      }
      @Nullable String plain = escaped.get(i);
      // Not in the leaves of JSON: a text that is none, whose backslashes are its own.
      add(kind, plain != null ? kind.normal(plain) : kind.normal(source, from, to));
    }
  }

  private void add(Kind kind, String normal) {
    if (!normal.isEmpty() && values.size() < max) {
      values.add(new FoundValue(kind, normal));
    }
  }

  private static boolean hasBackslash(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private static Map<Integer, String> unescaped(Splices splices) {
    Map<Integer, String> plain = new HashMap<>();
    for (Leaf leaf : Leaves.of(splices)) {
      for (Part part : leaf.parts()) {
        plain.put(part.splice(), part.value());
      }
    }
    return plain;
  }
}
