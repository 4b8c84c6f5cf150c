package io.mcpgovernor.config.rule;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The name somebody most likely meant. */
final class Nearest {
  private static final int DISTANCE_MAX = 3;

  private Nearest() {}

  /** The known name with the least distance, or null if none is near. */
  static @Nullable String to(String name, Collection<String> known) {
    int least = Math.min(DISTANCE_MAX, Math.max(1, name.length() / 2)) + 1;
    String nearest = null;
    for (String candidate : known) {
      int distance = distance(name, candidate, least);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** A question to append to a message, or what there is instead. */
  static String hint(String name, Collection<String> known) {
    String nearest = to(name, known);
    return nearest == null
        ? "there is " + String.join(", ", known)
        : "did you mean '" + nearest + "'?";
  }

  /** What is wrong with the name of a kind of PII that there is not. */
  static String unknownKind(String name, Collection<String> kinds) {
    String nearest = to(name, kinds);
    return "there is no kind of PII '%s'; %s"
        .formatted(
            name, nearest == null ? "docs/kinds.md lists them" : "did you mean '" + nearest + "'?");
  }

  /** Insertions, deletions and replacements (Levenshtein), at most {@code most}. */
  private static int distance(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) >= most) {
      return most;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
