package io.mcpgovernor.config.file;

/**
 * A text of the file, and where each of its characters stands there: in whichever way it is
 * written, plain, quoted, escaped or as a block on several lines. Immutable; texts are equal if
 * their characters are.
 */
public final class PlacedText {
  private final String value;
  private final Spot spot;

  PlacedText(String value, Spot spot) {
    this.value = value;
    this.spot = spot;
  }

  /** The text. */
  public String value() {
    return value;
  }

  /** Where the value begins in the file, quote or block indicator included. */
  public Place place() {
    return spot.at();
  }

  /**
   * Where a place within the text stands in the file.
   *
   * @param line from 1, of the text
   * @param column from 1, of the text, in Unicode characters; beyond the end means the end
   */
  public Place place(int line, int column) {
    int offset = 0;
    for (int i = 1; i < line; i++) {
      int next = value.indexOf('\n', offset);
      if (next < 0) {
        break;
      }
      offset = next + 1;
    }
    int end = value.indexOf('\n', offset);
    int inLine = value.codePointCount(offset, end < 0 ? value.length() : end);
    return place(value.offsetByCodePoints(offset, Math.min(Math.max(column - 1, 0), inLine)));
  }

  /**
   * What is no blank stands in the value in the order in which it is written, so walking along both
   * finds it; line breaks and indentation of the file lie between.
   */
  private Place place(int offset) {
    Walk walk = new Walk(spot);
    for (int i = 0; i < offset; i += Character.charCount(value.codePointAt(i))) {
      walk.past(value.codePointAt(i));
    }
    return walk.place(offset < value.length() ? value.codePointAt(offset) : -1);
  }

  /** Goes through the writing of a value, character by character. */
  private static final class Walk {
    private final int[] raw;
    private final Spot.Style style;
    private int i;
    private int line;
    private int column;

    Walk(Spot spot) {
      int from = spot.source().offsetByCodePoints(0, spot.from());
      int to = spot.source().offsetByCodePoints(from, spot.to() - spot.from());
      raw = spot.source().substring(from, to).codePoints().toArray();
      style = spot.style();
      line = spot.at().line();
      column = spot.at().column();
      if (style == Spot.Style.BLOCK) {
        int before = line;
        while (i < raw.length && line == before) {
          step();
        }
      } else if (style != Spot.Style.PLAIN) {
        step();
      }
    }

    /** Goes past the writing of a character of the value. */
    void past(int character) {
      if (isBlank(character)) {
        if (i < raw.length && raw[i] == character) {
          step();
        } else if (isEscape()) {
          stepEscape();
        }
        return; // a line break that was folded; what is left of it is skipped with the next blank
      }
      skipBlanks(character);
      if (isEscape()) {
        stepEscape();
      } else if (style == Spot.Style.QUOTED && character == '\'') {
        step();
        step();
      } else {
        step();
      }
    }

    /** Where the next character of the value is written. */
    Place place(int next) {
      if (next >= 0 && !isBlank(next)) {
        skipBlanks(next);
      }
      return new Place(line, column);
    }

    private void skipBlanks(int next) {
      while (i < raw.length && raw[i] != next && (isBlank(raw[i]) || isFold())) {
        step();
      }
    }

    /** A backslash before the end of a line, which the value does not have. */
    private boolean isFold() {
      return isEscape() && i + 1 < raw.length && isBlank(raw[i + 1]);
    }

    private boolean isEscape() {
      return style == Spot.Style.ESCAPED && i < raw.length && raw[i] == '\\';
    }

    private void stepEscape() {
      int length =
          i + 1 >= raw.length
              ? 1
              : switch (raw[i + 1]) {
                case 'x' -> 4;
                case 'u' -> 6;
                case 'U' -> 10;
                default -> 2;
              };
      for (int step = 0; step < length; step++) {
        step();
      }
    }

    private void step() {
      if (i >= raw.length) {
        return;
      }
      if (raw[i] == '\n' || (raw[i] == '\r' && (i + 1 >= raw.length || raw[i + 1] != '\n'))) {
        line++;
        column = 1;
      } else {
        column++;
      }
      i++;
    }

    private static boolean isBlank(int character) {
      return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlacedText text && text.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
