package io.mcpgovernor.verify;

import java.util.Locale;

/** Text from logs and names of files, made harmless for a terminal. */
final class Printable {
  private static final int CHARACTERS_MAX = 4_096;

  private Printable() {}

  /** Control and format characters become escapes, and long texts are cut. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(CHARACTERS_MAX)
        .forEach(
            character -> {
              if (isHarmless(character)) {
                printable.appendCodePoint(character);
              } else {
                printable.append(String.format(Locale.ROOT, "\\u%04x", character));
              }
            });
    return printable.toString();
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
