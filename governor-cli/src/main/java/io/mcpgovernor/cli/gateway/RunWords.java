package io.mcpgovernor.cli.gateway;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code governor run} says.
 *
 * @param file the configuration file; null for the usual one
 * @param name the server's name; null for one made from the command
 * @param command the server's command; empty for that of the file
 */
record RunWords(@Nullable Path file, @Nullable String name, List<String> command) {

  /**
   * Reads words that are as they should be; null for all others, which {@link RunCommand} explains.
   * Reading them is all that most starts need, and Java can keep nothing of the other reader's
   * classes between starts: they are of an old format.
   */
  static @Nullable RunWords plain(List<String> words) {
    Path file = null;
    String name = null;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--") || !word.startsWith("-")) {
        return new RunWords(file, name, words.subList(word.equals("--") ? i + 1 : i, words.size()));
      }
      String option = word.startsWith("--") ? word.replaceFirst("=.*", "") : word;
      String value =
          option.length() < word.length()
              ? word.substring(option.length() + 1)
              : i + 1 < words.size() ? words.get(++i) : "";
      boolean isFile = Arrays.asList("-f", "--config").contains(option);
      if (value.isEmpty() || value.startsWith("-") || (isFile ? file : name) != null) {
        return null;
      }
      if (isFile) {
        file = Path.of(value);
      } else if (option.equals("--name") && ServerName.isName(value)) {
        name = value;
      } else {
        return null;
      }
    }
    return file == null ? null : new RunWords(file, name, List.of());
  }
}
