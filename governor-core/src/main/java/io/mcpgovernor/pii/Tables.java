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
  /** More tables in one text are not told apart; values in them need other evidence. */
  private static final int TABLES_MAX = 256;

  private static final byte[] NOTHING = {};
  private static final byte[] DELIMITERS = {'\t', '|', ';', ','};

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
    boolean mayBeHeader = true;
    while (lineEnd < to && size < TABLES_MAX) {
      int next = lineEnd + 1;
      int nextEnd = Lines.end(text, next, to);
      if (TableLine.isRule(text, next, nextEnd) || (mayBeHeader && line < lineEnd)) {
        int last = addUnder(line, lineEnd, next, nextEnd);
        if (last > lineEnd) {
          next = Math.min(last + 1, to);
          nextEnd = Lines.end(text, next, to);
        }
      }
      mayBeHeader = TableLine.isBlank(text, line, lineEnd);
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
    while (current < size && at >= tables[current].to()) {
      current++;
    }
    boolean isInside = current < size && at >= tables[current].from();
    return isInside ? tables[current].cue(text, at) : Cue.NONE;
  }

  /** Adds the values that only the header over them tells. */
  void addWhole(Findings findings) {
    for (int i = 0; i < size; i++) {
      tables[i].addWhole(text, findings);
    }
  }

  /** Takes a line for the header of those that follow it; gives where the last of them ends. */
  private int addUnder(int line, int lineEnd, int next, int nextEnd) {
    for (byte delimiter : DELIMITERS) {
      // Asked first, because it soon says no to a sentence.
      if (TableLine.areNames(text, line, lineEnd, delimiter)) {
        int columns = TableLine.delimiters(text, line, lineEnd, delimiter) + 1;
        if (columns > 1
            && columns <= Table.COLUMNS_MAX
            && TableLine.isRow(text, next, nextEnd, delimiter, columns)) {
          Table table = another();
          table.read(text, line, lineEnd, next, delimiter, columns, to);
          return table.to();
        }
      }
    }
    return lineEnd;
  }

  private Table another() {
    if (size == tables.length) {
      tables = Arrays.copyOf(tables, Math.max(4, size * 2));
      for (int i = size; i < tables.length; i++) {
        tables[i] = new Table();
      }
    }
    return tables[size++];
  }
}
