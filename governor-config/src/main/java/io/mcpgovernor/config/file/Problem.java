package io.mcpgovernor.config.file;

import java.util.Locale;

/**
 * One thing that is wrong with a configuration file. It quotes names of keys, never a value.
 *
 * @param file the file, as it was named
 * @param line from 1
 * @param column from 1, in Unicode characters
 * @param path the key, such as {@code limits.rate} or {@code rules[0].deny}; empty for the whole
 *     file
 * @param message what is wrong, and what would be right
 */
public record Problem(String file, int line, int column, String path, String message) {
  /** Makes sure that a terminal shows it and does not obey it. */
  public Problem {
    file = shown(file);
    path = shown(path);
    message = shown(message);
  }

  /** {@code file:line:column path: message}. */
  @Override
  public String toString() {
    String where = file + ":" + line + ":" + column;
    return path.isEmpty() ? where + ": " + message : where + " " + path + ": " + message;
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    shown.append(String.format(Locale.ROOT, "\\u{%x}", c));
                default -> shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }
}
