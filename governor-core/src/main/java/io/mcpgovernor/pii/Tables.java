package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * Tables in text, and what the header over a value says: CSV and its like after a blank line or at
 * the start, Markdown wherever its rule stands. A table goes on as long as its lines have as many
 * cells as its header.
 *
 * <p>Reads each line once. Used for one text after the other by one thread at a time.
 */
final class Tables {
  /** Longer lines are no rows of a table. */
  private static final int LINE_BYTES_MAX = 4_096;

  private static final int NAME_BYTES_MAX = 40;
  private static final int COLUMNS_MAX = 64;

  /** More tables in one text are not told apart; values in them need other evidence. */
  private static final int TABLES_MAX = 256;

  private static final byte[] NOTHING = {};
  private static final byte[] DELIMITERS = {'\t', '|', ';', ','};

  /** One table: where its rows are, and a cue for each column. */
  private static final class Table {
    int from;
    int to;
    byte delimiter;
    int columns;
    final long[] cues = new long[COLUMNS_MAX];
  }

  private Table[] tables = new Table[0];
  private int size;
  private int current;
  private byte[] text = NOTHING;
  private int to;

  /** Reads the tables of a text. */
  @SuppressWarnings("ReferenceEquality") // as in Text
  void read(byte[] utf8, int from, int end) {
    if (text != utf8) {
      text = utf8;
    }
    to = end;
    size = 0;
    current = 0;
    int line = from;
    int lineEnd = Lines.end(text, from, to);
    boolean isFirst = true;
    while (lineEnd < to && size < TABLES_MAX) {
      int next = lineEnd + 1;
      int nextEnd = Lines.end(text, next, to);
      if (isRule(next, nextEnd) || (isFirst && line < lineEnd)) {
        int last = table(line, lineEnd, next, nextEnd);
        if (last > lineEnd) {
          next = Math.min(last + 1, to);
          nextEnd = Lines.end(text, next, to);
        }
      }
      isFirst = isBlank(line, lineEnd);
      line = next;
      lineEnd = nextEnd;
    }
  }

  void wipe() {
    text = NOTHING;
  }

  /**
   * What the header over the value at {@code at} says, a {@link Cue}. Asked about places in
   * ascending order.
   */
  long cue(int at) {
    while (current < size && at >= tables[current].to) {
      current++;
    }
    if (current == size || at < tables[current].from) {
      return Cue.NONE;
    }
    Table table = tables[current];
    int start = at;
    while (start > table.from && text[start - 1] != '\n') {
      start--;
    }
    int column = count(start, at, table.delimiter);
    return column < table.columns ? table.cues[column] : Cue.NONE;
  }

  /** Adds the values that only the header over them tells. */
  void addWhole(Findings findings) {
    for (int i = 0; i < size; i++) {
      Table table = tables[i];
      for (int column = 0; column < table.columns; column++) {
        if (Cue.isFor(table.cues[column], Labels.WHOLE)) {
          addColumn(table, column, findings);
        }
      }
    }
  }

  /** Takes a line for the header of those that follow it; gives where the last of them ends. */
  private int table(int line, int lineEnd, int next, int nextEnd) {
    for (byte delimiter : DELIMITERS) {
      // Asked first, because it soon says no to a sentence.
      int cells = areNames(line, lineEnd, delimiter) ? count(line, lineEnd, delimiter) : 0;
      if (cells > 0 && cells < COLUMNS_MAX && isRow(next, nextEnd, delimiter, cells)) {
        return add(line, lineEnd, next, delimiter, cells);
      }
    }
    return lineEnd;
  }

  private int add(int line, int lineEnd, int next, byte delimiter, int cells) {
    if (size == tables.length) {
      tables = Arrays.copyOf(tables, Math.max(4, size * 2));
      for (int i = size; i < tables.length; i++) {
        tables[i] = new Table();
      }
    }
    Table table = tables[size++];
    table.delimiter = delimiter;
    table.columns = cells + 1;
    table.from = next;
    int start = line;
    for (int column = 0; column <= cells; column++) {
      int end = cellEnd(start, lineEnd, delimiter);
      table.cues[column] = Evidence.name(text, start, end);
      start = end + 1;
    }
    int last = Lines.end(text, next, to);
    while (last < to) {
      int end = Lines.end(text, last + 1, to);
      if (!isRow(last + 1, end, delimiter, cells)) {
        break;
      }
      last = end;
    }
    table.to = last;
    return last;
  }

  private boolean isRow(int line, int lineEnd, byte delimiter, int cells) {
    return lineEnd > line
        && lineEnd - line <= LINE_BYTES_MAX
        && count(line, lineEnd, delimiter) == cells;
  }

  /** Whether the cells of a line are names, not what a sentence holds between commas. */
  private boolean areNames(int line, int lineEnd, byte delimiter) {
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

  /** The line under a header in Markdown: {@code |---|:--|}. */
  private boolean isRule(int line, int lineEnd) {
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

  private boolean isBlank(int line, int lineEnd) {
    for (int i = line; i < lineEnd; i++) {
      if (text[i] > ' ' || text[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private int count(int from, int end, byte sign) {
    int count = 0;
    boolean quoted = false;
    for (int i = from; i < end; i++) {
      if (text[i] == '"') {
        quoted = !quoted;
      } else if (text[i] == sign && !quoted) {
        count++;
      }
    }
    return count;
  }

  private int cellEnd(int from, int lineEnd, byte delimiter) {
    boolean quoted = false;
    int i = from;
    while (i < lineEnd && (quoted || text[i] != delimiter)) {
      quoted ^= text[i] == '"';
      i++;
    }
    return i;
  }

  private void addColumn(Table table, int column, Findings findings) {
    int row = table.from;
    while (row < table.to) {
      int rowEnd = Lines.end(text, row, table.to);
      int start = row;
      int end = cellEnd(start, rowEnd, table.delimiter);
      for (int i = 0; i < column; i++) {
        start = Math.min(end + 1, rowEnd);
        end = cellEnd(start, rowEnd, table.delimiter);
      }
      addCell(start, end, table.cues[column], findings);
      row = rowEnd + 1;
    }
  }

  private void addCell(int cellFrom, int cellTo, long cue, Findings findings) {
    int start = cellFrom;
    int end = cellTo;
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
