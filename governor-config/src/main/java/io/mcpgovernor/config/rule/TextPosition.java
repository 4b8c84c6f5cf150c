package io.mcpgovernor.config.rule;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
record TextPosition(int line, int column) {
  /** Where a text begins. */
  static final TextPosition START = new TextPosition(1, 1);

  /**
   * The place of a character.
   *
   * @param offset in code points; beyond the end means the end
   */
  static TextPosition of(String text, int offset) {
    int line = 1;
    int column = 1;
    int count = 0;
    for (int i = 0; i < text.length() && count < offset; count++) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new TextPosition(line, column);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
