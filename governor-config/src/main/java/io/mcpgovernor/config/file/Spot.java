package io.mcpgovernor.config.file;

/**
 * Where a value is written in its source: in which characters, not only where it begins.
 *
 * @param source the whole file
 * @param from index of the first Unicode character of its writing, quote or indicator included
 * @param to index after the last
 * @param at where that is
 * @param style how it is written
 */
record Spot(String source, int from, int to, Place at, Style style) {
  /** How a value is written. */
  enum Style {
    /** Without quotes: every character stands for itself. */
    PLAIN,
    /** In single quotes, which stand twice where they are meant. */
    QUOTED,
    /** In double quotes, with escapes. */
    ESCAPED,
    /** As a block, {@code |} or {@code >}: on the lines after this one. */
    BLOCK
  }

  /** Does not show the source, which may hold secrets. */
  @Override
  public String toString() {
    return "Spot[" + at + "]";
  }
}
