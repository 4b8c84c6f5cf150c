package io.mcpgovernor.pii;

/**
 * The header that a value stands under in a table of text: CSV, values with tabs or semicolons
 * between them, Markdown. The first line of a block of lines is its header if the value's line has
 * as many cells.
 *
 * <p>Asked about places in ascending order, and reads each line once. Used for one text after the
 * other by one thread at a time.
 */
final class TableHeader {
  /** Longer lines are no rows of a table. */
  private static final int LINE_BYTES_MAX = 4_096;

  private static final int NAME_BYTES_MAX = 40;

  private static final byte[] NOTHING = {};
  private static final byte[] DELIMITERS = {'\t', '|', ';', ','};

  private byte[] text = NOTHING;
  private int from;
  private int to;
  private boolean isRead;

  /** Where the next block of lines begins. */
  private int next;
  private int header;
  private int headerEnd;
  private int line;
  private int lineEnd;
  private byte delimiter;
  private int delimiters;
  private boolean isRow;
  private int column;
  private int counted;
  private boolean isQuoted;

  void start(byte[] utf8, int begin, int end) {
    text = utf8;
    from = begin;
    to = end;
    isRead = false;
  }

  private void first() {
    isRead = true;
    line = from;
    lineEnd = Lines.end(text, from, to);
    head();
  }

  void wipe() {
    text = NOTHING;
  }

  /** What the header over the value at {@code at} says, a {@link Cue}. */
  long cue(int at) {
    if (!isRead) {
      first();
    }
    while (at >= next) {
      line = next;
      lineEnd = Lines.end(text, line, to);
      head();
    }
    if (delimiters == 0) {
      return Cue.NONE;
    }
    while (at > lineEnd) {
      line = lineEnd + 1;
      lineEnd = Lines.end(text, line, to);
      row();
    }
    if (!isRow || line == header) {
      return Cue.NONE;
    }
    count(at);
    return cell(column);
  }

  /** Takes the line for the header of those that follow. */
  private void head() {
    header = line;
    headerEnd = lineEnd;
    delimiters = 0;
    isRow = false;
    next = to == lineEnd ? Integer.MAX_VALUE : Lines.afterBlank(text, lineEnd, to);
    next = next == to ? Integer.MAX_VALUE : next;
    for (byte sign : DELIMITERS) {
      // Asked first, because it soon says no to a sentence.
      int count = areNames(sign) ? count(header, headerEnd, sign) : 0;
      if (count > 0) {
        delimiter = sign;
        delimiters = count;
        return;
      }
    }
  }

  /** Whether the cells of the first line are names, not what a sentence holds between commas. */
  private boolean areNames(byte sign) {
    int length = 0;
    for (int i = header; i < headerEnd; i++) {
      byte c = text[i];
      length = c == sign ? 0 : length + 1;
      boolean isSentence = c == '.' && i + 1 < headerEnd && text[i + 1] == ' ' && sign == ',';
      if (length > NAME_BYTES_MAX || isSentence || c == '{' || c == '=') {
        return false;
      }
    }
    return true;
  }

  private void row() {
    isRow =
        delimiters > 0
            && lineEnd - line <= LINE_BYTES_MAX
            && headerEnd - header <= LINE_BYTES_MAX
            && count(line, lineEnd, delimiter) == delimiters;
    column = 0;
    counted = line;
    isQuoted = false;
  }

  /** Counts the cells of the line up to {@code at}. */
  private void count(int at) {
    for (; counted < at; counted++) {
      if (text[counted] == '"') {
        isQuoted = !isQuoted;
      } else if (text[counted] == delimiter && !isQuoted) {
        column++;
      }
    }
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

  private long cell(int number) {
    int from = header;
    int left = number;
    int i = header;
    for (; i < headerEnd; i++) {
      if (text[i] == delimiter) {
        if (left == 0) {
          break;
        }
        left--;
        from = i + 1;
      }
    }
    return left == 0 ? Evidence.name(text, from, i) : Cue.NONE;
  }

  /** Adds the values that only the header over them tells. */
  void addWhole(Findings findings) {
    if (Lines.end(text, from, to) == to) {
      return;
    }
    if (!isRead) {
      first();
    }
    // Only the first table of a text: others are rare, and would have to be looked for.
    for (int number = 0; number <= delimiters && delimiters > 0; number++) {
      long cue = cell(number);
      if (Cue.isFor(cue, Labels.WHOLE)) {
        addColumn(number, cue, findings);
      }
    }
  }

  private void addColumn(int number, long cue, Findings findings) {
    int row = headerEnd + 1;
    while (row < to) {
      int end = Lines.end(text, row, to);
      if (isBlank(row, end)) {
        return;
      }
      if (end - row <= LINE_BYTES_MAX && count(row, end, delimiter) == delimiters) {
        addCell(row, end, number, cue, findings);
      }
      row = end + 1;
    }
  }

  private void addCell(int row, int rowEnd, int number, long cue, Findings findings) {
    int start = row;
    int left = number;
    boolean quoted = false;
    int i = row;
    for (; i < rowEnd; i++) {
      if (text[i] == '"') {
        quoted = !quoted;
      } else if (text[i] == delimiter && !quoted) {
        if (left-- == 0) {
          break;
        }
        start = i + 1;
      }
    }
    int end = i;
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

  private boolean isBlank(int from, int end) {
    for (int i = from; i < end; i++) {
      if (text[i] > ' ' || text[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
