package io.mcpgovernor.config.file;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which known word somebody may have meant. */
final class Nearest {
  private static final int LENGTH_MAX = 64;

  private Nearest() {}

  /** The word with the fewest differences, null if none is like it. */
  static @Nullable String to(String text, Collection<String> known) {
    if (text.length() > LENGTH_MAX) {
      return null;
    }
    String plain = plain(text);
    String nearest = null;
    int least = Math.max(2, plain.length() / 3) + 1;
    for (String word : known) {
      String other = plain(word);
      int distance = distance(plain, other);
      // A short word is like everything.
      int different = Math.max(plain.length(), other.length()) - 1;
      if (distance == 0 || (distance < least && distance < different)) {
        least = distance;
        nearest = word;
      }
    }
    return nearest;
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Levenshtein's: letters put in, left out or replaced; two neighbours swapped count twice. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
