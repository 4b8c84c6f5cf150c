package io.mcpgovernor.config.file;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column from 1, in Unicode characters
 */
public record Place(int line, int column) {
  /** Where a file begins. */
  static final Place START = new Place(1, 1);

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
