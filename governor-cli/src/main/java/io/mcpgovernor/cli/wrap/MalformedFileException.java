package io.mcpgovernor.cli.wrap;

/** A client's file that cannot be read for what it means, and where. */
final class MalformedFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;

  /**
   * Makes one.
   *
   * @param offset the character where it is
   * @param message what is wrong there
   */
  MalformedFileException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /** {@code line:column} of a text, from 1 on, counted in characters as people see them. */
  String place(String text) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return line + ":" + (1 + text.codePointCount(lineStart, offset));
  }
}
