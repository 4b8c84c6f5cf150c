package io.mcpgovernor.pii;

/** Questions about one line of text that may be a table's, read as CSV (RFC 4180) or Markdown. */
final class TableLine {
  /** Longer lines are no rows of a table. */
  private static final int LINE_BYTES_MAX = 4_096;

  private static final int NAME_BYTES_MAX = 40;

  private TableLine() {}

  /** Where the cell that begins at {@code from} ends; a delimiter in quotes does not end it. */
  static int cellEnd(byte[] text, int from, int lineEnd, byte delimiter) {
    boolean quoted = false;
    int i = from;
    while (i < lineEnd && (quoted || text[i] != delimiter)) {
      quoted ^= text[i] == '"';
      i++;
    }
    return i;
  }

  /** How many delimiters there are outside of quotes. */
  static int delimiters(byte[] text, int from, int lineEnd, byte delimiter) {
    int count = 0;
    int end = cellEnd(text, from, lineEnd, delimiter);
    while (end < lineEnd) {
      count++;
      end = cellEnd(text, end + 1, lineEnd, delimiter);
    }
    return count;
  }

  /** Whether a line has so many cells. */
  static boolean isRow(byte[] text, int line, int lineEnd, byte delimiter, int columns) {
    return lineEnd > line
        && lineEnd - line <= LINE_BYTES_MAX
        && delimiters(text, line, lineEnd, delimiter) == columns - 1;
  }

  /** Whether the cells of a line are names, not what a sentence holds between commas. */
  static boolean areNames(byte[] text, int line, int lineEnd, byte delimiter) {
    int length = 0;
    for (int i = line; i < lineEnd; i++) {
      byte c = text[i];
      length = c == delimiter ? 0 : length + 1;
      boolean isSentence = c == '.' && i + 1 < lineEnd && text[i + 1] == ' ' && delimiter == ',';
      if (length > NAME_BYTES_MAX || isSentence || c == '{' || c == '=') {
        return false;
      }
    }
    return true;
  }

  /** Whether it is the line under a header in Markdown: {@code |---|:--|}. */
  static boolean isRule(byte[] text, int line, int lineEnd) {
    if (line == lineEnd || lineEnd - line > LINE_BYTES_MAX) {
      return false;
    }
    boolean hasDashes = false;
    for (int i = line; i < lineEnd; i++) {
      byte c = text[i];
      if (c != '|' && c != '-' && c != ':' && c != ' ' && c != '\r') {
        return false;
      }
      hasDashes |= c == '-';
    }
    return hasDashes;
  }

  static boolean isBlank(byte[] text, int line, int lineEnd) {
    for (int i = line; i < lineEnd; i++) {
      if (text[i] > ' ' || text[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
