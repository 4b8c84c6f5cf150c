package io.mcpgovernor.policy;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a text is a query: by the name it goes under, or by its first word. */
public final class QueryText {
  private static final int SHORTEST_WORD = 4;
  private static final int LONGEST_WORD = 16;

  private static final Set<String> NAMES =
      Set.of(
          "query",
          "sql",
          "statement",
          "filter",
          "where",
          "expression",
          "search",
          "graphql",
          "cypher",
          "sparql",
          "jql",
          "kql");
  private static final Set<String> WORDS =
      Set.of(
          "select",
          "insert",
          "update",
          "delete",
          "with",
          "merge",
          "create",
          "drop",
          "alter",
          "truncate",
          "explain",
          "call",
          "exec",
          "grant",
          "query",
          "mutation",
          "subscription",
          "fragment",
          "match");

  private QueryText() {}

  static boolean isQuery(@Nullable String name, String text) {
    return (name != null && NAMES.contains(name.toLowerCase(Locale.ROOT)))
        || WORDS.contains(firstWord(text));
  }

  /**
   * The first word of a text in lower case, whatever punctuation and comments ({@code --}, {@code
   * #} to the end of a line, {@code /}{@code *} to {@code *}{@code /}) stand before it.
   *
   * @return empty if it is shorter than 4 letters, or a brace stands before it
   */
  public static String firstWord(String text) {
    int from = 0;
    while (from < text.length() && !Character.isLetter(text.charAt(from))) {
      if (text.charAt(from) == '{') {
        return "";
      }
      from = afterComment(text, from);
    }
    int to = from;
    while (to < text.length() && to - from < LONGEST_WORD && Character.isLetter(text.charAt(to))) {
      to++;
    }
    return to - from < SHORTEST_WORD ? "" : text.substring(from, to).toLowerCase(Locale.ROOT);
  }

  /** Where a text goes on after the comment, or else the character, at a place. */
  private static int afterComment(String text, int at) {
    String end;
    if (text.startsWith("--", at) || text.charAt(at) == '#') {
      end = "\n";
    } else if (text.startsWith("/*", at) && !text.startsWith("/*!", at)) { // MySQL runs those
      end = "*/";
    } else {
      return at + 1;
    }
    int ends = text.indexOf(end, at + 2);
    return ends < 0 ? text.length() : ends + end.length();
  }
}
