package io.mcpgovernor.config.weigh;

import io.mcpgovernor.policy.QueryText;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What language a query is in, by its argument's name or its first words. Every text that a
 * database takes for costly SQL has to be SQL here; that prose is not is a courtesy.
 */
final class KindOfQuery {
  private static final Set<String> OTHER_LANGUAGES = Set.of("cypher", "sparql", "jql", "kql");

  /**
   * GraphQL without a keyword; JSON has a quote, or a value that is no name, where this has not.
   */
  private static final Pattern SHORTHAND =
      Pattern.compile(
          "[\\s,\\ufeff]*\\{[\\s,]*(?:\\.\\.\\.|[_A-Za-z]\\w*+\\s*+(?!:\\s*+[^\\s_A-Za-z]))");

  private static final Set<String> CREATED =
      Set.of(
          "or",
          "table",
          "view",
          "temp",
          "temporary",
          "global",
          "local",
          "materialized",
          "unlogged",
          "external",
          "transient",
          "recursive",
          "force",
          "function",
          "procedure",
          "trigger");

  private static final Set<String> EXPLAINED =
      Set.of(
          "analyze",
          "analyse",
          "verbose",
          "plan",
          "extended",
          "format",
          "select",
          "with",
          "insert",
          "update",
          "delete",
          "merge");

  private KindOfQuery() {}

  /**
   * What language a text is in.
   *
   * @param name the argument's, in lower case
   */
  static QueryKind of(String name, String text) {
    if (name.equals("sql")) {
      return QueryKind.SQL;
    }
    if (name.equals("graphql")) {
      return QueryKind.GRAPHQL;
    }
    if (OTHER_LANGUAGES.contains(name)) {
      return QueryKind.OTHER;
    }
    String word = QueryText.firstWord(text);
    return switch (word) {
      case "" -> SHORTHAND.matcher(text).lookingAt() ? QueryKind.GRAPHQL : QueryKind.OTHER;
      case "query", "mutation", "subscription", "fragment" ->
          text.indexOf('{') >= 0 ? QueryKind.GRAPHQL : QueryKind.OTHER;
      default -> isSql(word, text) ? QueryKind.SQL : QueryKind.OTHER;
    };
  }

  private static boolean isSql(String word, String text) {
    return switch (word) {
      case "select" -> has(text, "from");
      case "with" -> has(text, "as") && text.indexOf('(') >= 0;
      case "insert", "replace" ->
          has(text, "into") || has(text, "values") || has(text, "select") || has(text, "overwrite");
      case "update" -> has(text, "set") && text.indexOf('=') >= 0;
      case "delete" -> has(text, "from") || has(text, "where");
      case "merge" -> has(text, "using");
      case "create" -> CREATED.contains(second(word, text));
      case "explain" ->
          EXPLAINED.contains(second(word, text)) || second(word, text).startsWith("(");
      case "drop" -> second(word, text).matches("table|schema|database|view|materialized|index");
      case "truncate" ->
          second(word, text).equals("table")
              || text.indexOf(';') >= 0
              || text.strip().split("\\s+", 4).length < 3;
      case "declare", "begin", "exec", "execute", "call" -> has(text, "select") || hasWrite(text);
      default -> false;
    };
  }

  private static boolean hasWrite(String text) {
    return has(text, "insert") || has(text, "update") || has(text, "delete");
  }

  /** Whether a word stands in a text, wherever: comments and quotes only make more texts SQL. */
  private static boolean has(String text, String word) {
    for (int at = 0; at <= text.length() - word.length(); at++) {
      if (text.regionMatches(true, at, word, 0, word.length())
          && !isPart(text, at - 1)
          && !isPart(text, at + word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetter(text.charAt(at));
  }

  /** What follows the first word, up to the next space, in lower case. */
  private static String second(String word, String text) {
    int at = 0;
    while (!text.regionMatches(true, at, word, 0, word.length())) {
      at++;
    }
    String[] rest = text.substring(at + word.length()).strip().split("[\\s;]+", 2);
    return rest[0].toLowerCase(Locale.ROOT);
  }
}
