package io.mcpgovernor.cli.audit;

import java.nio.file.Path;

/**
 * Text that a terminal shows and does not obey: control characters, line breaks of any alphabet,
 * what turns the direction of writing and half characters are written as {@code \}{@code u001b}.
 */
public final class SafeText {
  private SafeText() {}

  /** A path, as {@link #of(String)} makes it. */
  public static String of(Path path) {
    return of(path.toString());
  }

  /** The text itself where all of it can be shown. */
  public static String of(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (isUnsafe(codePoint) && safe == null) {
        safe = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (safe != null) {
        if (isUnsafe(codePoint)) {
          for (int j = i; j < next; j++) {
            safe.append(String.format("\\u%04x", (int) text.charAt(j)));
          }
        } else {
          safe.appendCodePoint(codePoint);
        }
      }
      i = next;
    }
    return safe == null ? text : safe.toString();
  }

  private static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
