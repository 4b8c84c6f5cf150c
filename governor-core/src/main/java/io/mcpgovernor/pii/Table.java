package io.mcpgovernor.pii;

/**
 * One table: where its rows are, which sign stands between their cells, and what its header says
 * about each column.
 */
final class Table {
  static final int COLUMNS_MAX = 64;

  private final long[] cues = new long[COLUMNS_MAX];
  private int columns;
  private byte delimiter;
  private int from;
  private int to;

  /**
   * Reads a header and the rows that follow it.
   *
   * @param line where the header begins
   * @param rows where the first row begins, which is one
   * @param width how many columns there are, at most {@value #COLUMNS_MAX}
   * @param textEnd where the text ends
   */
  void read(byte[] text, int line, int lineEnd, int rows, byte sign, int width, int textEnd) {
    delimiter = sign;
    columns = width;
    int start = line;
    for (int column = 0; column < columns; column++) {
      int end = TableLine.cellEnd(text, start, lineEnd, delimiter);
      cues[column] = Evidence.name(text, start, end);
      start = end + 1;
    }
    from = rows;
    to = Lines.end(text, rows, textEnd);
    while (to < textEnd) {
      int end = Lines.end(text, to + 1, textEnd);
      if (!TableLine.isRow(text, to + 1, end, delimiter, columns)) {
        break;
      }
      to = end;
    }
  }

  /** Where the first row begins. */
  int from() {
    return from;
  }

  /** Where the last row ends. */
  int to() {
    return to;
  }

  /** What the header over a value says, a {@link Cue}. */
  long cue(byte[] text, int at) {
    int row = at;
    while (row > from && text[row - 1] != '\n') {
      row--;
    }
    int column = TableLine.delimiters(text, row, at, delimiter);
    return column < columns ? cues[column] : Cue.NONE;
  }

  /** Adds the values that only the header over them tells. */
  void addWhole(byte[] text, Findings findings) {
    for (int column = 0; column < columns; column++) {
      if (Cue.isFor(cues[column], Labels.WHOLE)) {
        addColumn(text, column, findings);
      }
    }
  }

  private void addColumn(byte[] text, int column, Findings findings) {
    int row = from;
    while (row < to) {
      int rowEnd = Lines.end(text, row, to);
      int start = row;
      int end = TableLine.cellEnd(text, start, rowEnd, delimiter);
      for (int i = 0; i < column; i++) {
        start = Math.min(end + 1, rowEnd);
        end = TableLine.cellEnd(text, start, rowEnd, delimiter);
      }
      addCell(text, start, end, cues[column], findings);
      row = rowEnd + 1;
    }
  }

  private static void addCell(byte[] text, int cell, int cellEnd, long cue, Findings findings) {
    int start = cell;
    int end = cellEnd;
    while (start < end && isAround(text[start])) {
      start++;
    }
    while (end > start && isAround(text[end - 1])) {
      end--;
    }
    Kind kind = Labels.kind(text, start, end, cue);
    if (kind != null) {
      findings.add(start, end, kind);
    }
  }

  private static boolean isAround(byte c) {
    return (c >= 0 && c <= ' ') || c == '"' || c == '`';
  }
}
