package io.mcpgovernor.pii;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Masks the text of a blob, as a whole or line by line. */
final class BlobLines {
  private BlobLines() {}

  /**
   * Masks a text.
   *
   * @param isLines whether each line is a JSON value, and the whole is none
   * @return null if nothing is found
   */
  static @Nullable MaskedText mask(
      byte[] text, boolean isLines, JsonScanner scanner, Columns covered) {
    if (!isLines) {
      return masked(text, scanner, covered);
    }
    MaskedText.Lines lines = new MaskedText.Lines();
    int at = 0;
    while (at < text.length) {
      int end = at;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      end = Math.min(end + 1, text.length);
      byte[] line = Arrays.copyOfRange(text, at, end);
      lines.add(line, masked(line, scanner, covered));
      at = end;
    }
    return lines.all();
  }

  private static @Nullable MaskedText masked(byte[] text, JsonScanner scanner, Columns covered) {
    MaskedText masked = MaskedText.of(scanner.scanText(text, covered));
    scanner.wipe();
    return masked;
  }
}
