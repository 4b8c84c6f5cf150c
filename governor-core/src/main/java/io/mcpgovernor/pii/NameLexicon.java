package io.mcpgovernor.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Common given and family names of many countries, read from two resource files when first asked.
 * It decides where neither a field nor a salutation says that words are a person's name; it cannot
 * hold all names, and need not.
 */
final class NameLexicon {
  private static final NameLexicon GIVEN = new NameLexicon("given-names.txt");
  private static final NameLexicon FAMILY = new NameLexicon("family-names.txt");

  private final Set<String> clear = new HashSet<>();
  private final Set<String> ambiguous = new HashSet<>();

  private NameLexicon(String resource) {
    try (InputStream in = NameLexicon.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the list of names is missing: " + resource);
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(this::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String line) {
    for (String name : line.split(" ", -1)) {
      if (name.endsWith("~")) {
        ambiguous.add(name.substring(0, name.length() - 1));
      } else {
        clear.add(name);
      }
    }
  }

  /** Whether this is a given name and hardly anything else. */
  static boolean isGiven(String word) {
    return GIVEN.clear.contains(folded(word));
  }

  /** Whether this may be a given name, or a word or a place. */
  static boolean mayBeGiven(String word) {
    String name = folded(word);
    return GIVEN.clear.contains(name) || GIVEN.ambiguous.contains(name);
  }

  /** Whether this is a family name and hardly anything else. */
  static boolean isFamily(String word) {
    return FAMILY.clear.contains(folded(word));
  }

  /** Whether this may be a family name, or a word or a place. */
  static boolean mayBeFamily(String word) {
    String name = folded(word);
    return FAMILY.clear.contains(name) || FAMILY.ambiguous.contains(name);
  }

  /** Without accents, in lower case: the form in which names are listed. */
  static String folded(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.chars().allMatch(c -> c < 0x80)
        ? lower
        : Normalizer.normalize(lower, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replace('\u00f8', 'o')
            .replace('\u0142', 'l')
            .replace("\u00df", "ss")
            .replace('\u2019', '\'');
  }
}
