package io.mcpgovernor.pii;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A string, number, literal or key in which something was found.
 *
 * @param token what it is
 * @param number which token of the whole value it is, counted from 0, or {@value #NESTED} if it
 *     stands in JSON inside a string
 * @param from where it begins in the source: of a string or key, after the quote
 * @param to where it ends, exclusive
 * @param strings how many strings it stands in, its own quotes aside
 * @param value what it says, escapes undone
 * @param parts what was found in it, in order
 */
record Leaf(
    JsonCursor.Token token,
    int number,
    int from,
    int to,
    int strings,
    String value,
    List<Part> parts) {
  /** The number of a leaf that schemas do not see. */
  static final int NESTED = -1;

  /**
   * One thing that was found.
   *
   * @param splice its number among the splices
   * @param kind what it is, or null for the ordinal of a key, which is no finding
   * @param value what was found, escapes undone
   * @param at where that begins in the leaf's value, in UTF-16 units
   */
  record Part(int splice, @Nullable Kind kind, String value, int at) {}

  boolean isText() {
    return token == JsonCursor.Token.STRING || isKey();
  }

  boolean isKey() {
    return token == JsonCursor.Token.KEY;
  }
}
