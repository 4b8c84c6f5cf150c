package io.mcpgovernor.config.weigh;

import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import org.jspecify.annotations.Nullable;

/**
 * Hands the parser one token after the other, and no more once there were too many or they nest too
 * deep: its time may grow with the square of what it is fed, or worse, its stack with the nesting.
 *
 * <p>The caps are counted on the parser's own tokens. A scanner of ours would now and then disagree
 * with it about where a string or comment ends, and a bracket hidden from the one could reach the
 * other.
 */
final class CappedTokens extends CCJSqlParserTokenManager {
  static final int TOKENS_MAX = 5_000;

  /** Brackets, CASE and words that negate, open at the same time. */
  static final int DEPTH_MAX = 40;

  /** {@code a ? b : c} and operators that look like it: to the parser, time by their cube. */
  static final int CHOICES_MAX = 16;

  /** After these a question mark stands for a value. */
  private static final Set<String> BEFORE_VALUES =
      Set.of(
          "=", "<", ">", "<=", ">=", "<>", "!=", "(", ",", "+", "-", "*", "/", "%", "||", "[",
          "AND", "OR", "NOT", "IN", "LIKE", "ILIKE", "BETWEEN", "THEN", "ELSE", "WHEN", "SELECT",
          "WHERE", "ON");

  private final CCJSqlParserTokenManager tokens;
  private int handedOut;
  private int depth;
  private int prefixes;
  private int choices;
  private String previous = "";
  private int selects;
  private @Nullable UnreadableQueryException refusal;

  /** Tokens of a parser that has not begun; it gets these from now on. */
  static CappedTokens of(CCJSqlParser parser) {
    CappedTokens tokens = new CappedTokens(parser.token_source);
    parser.token_source = tokens;
    return tokens;
  }

  private CappedTokens(CCJSqlParserTokenManager tokens) {
    super(new SimpleCharStream(new StringProvider("")));
    this.tokens = tokens;
  }

  /** How often SELECT stands in what was handed out. */
  int selects() {
    return selects;
  }

  /** Why no more tokens were handed out, or null: the parser may keep that to itself. */
  @Nullable UnreadableQueryException refusal() {
    return refusal;
  }

  @Override
  public Token getNextToken() {
    if (refusal != null) {
      throw refusal; // the parser catches some of what is thrown, and tries again
    }
    Token token = tokens.getNextToken();
    refusal = refusalOf(token);
    if (refusal != null) {
      throw refusal;
    }
    return token;
  }

  private @Nullable UnreadableQueryException refusalOf(Token token) {
    if (++handedOut > TOKENS_MAX) {
      return new UnreadableQueryException(
          "SQL of more than 5,000 words", "Split the query, or pass fewer values");
    }
    if (hidesCode(token.specialToken)) {
      return new UnreadableQueryException("SQL in a comment", "Leave out the comment");
    }
    nest(token);
    if (depth + prefixes > DEPTH_MAX) {
      return new UnreadableQueryException(
          "SQL nested deeper than 40 levels", "Write fewer levels of brackets and sub-queries");
    }
    if (token.image.startsWith("?")
        && !BEFORE_VALUES.contains(previous.toUpperCase(Locale.ROOT))
        && ++choices > CHOICES_MAX) {
      return new UnreadableQueryException(
          "SQL with more than 16 question marks as operators", "Use CASE instead");
    }
    previous = token.image;
    return null;
  }

  private void nest(Token token) {
    switch (token.kind) {
      case CCJSqlParserConstants.OPENING_BRACKET,
          CCJSqlParserConstants.OPENING_CURLY_BRACKET,
          CCJSqlParserConstants.K_CASE ->
          depth++;
      case CCJSqlParserConstants.CLOSING_BRACKET,
          CCJSqlParserConstants.CLOSING_CURLY_BRACKET,
          CCJSqlParserConstants.K_END ->
          depth = Math.max(0, depth - 1);
      case CCJSqlParserConstants.K_SELECT -> selects++;
      default -> {
        if (token.image.equals("[")) {
          depth++;
        } else if (token.image.equals("]")) {
          depth = Math.max(0, depth - 1);
        }
      }
    }
    prefixes = isPrefix(token) ? prefixes + 1 : 0;
  }

  /** Each of several in a row is a level to the parser. */
  private static boolean isPrefix(Token token) {
    return switch (token.image) {
      case "!", "~", "-", "+" -> true;
      default -> token.image.equalsIgnoreCase("not");
    };
  }

  /**
   * Whether a comment may be code: {@code /}{@code *! ... *}{@code /} is to MySQL, and databases
   * differ about comments in comments.
   */
  private static boolean hidesCode(@Nullable Token special) {
    for (Token comment = special; comment != null; comment = comment.specialToken) {
      String text = comment.image;
      if (text.startsWith("/*")
          && (text.startsWith("/*!") || text.startsWith("/*M!") || text.indexOf("/*", 2) > 0)) {
        return true;
      }
    }
    return false;
  }
}
