package io.mcpgovernor.config.weigh;

import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserTokenManager;
import net.sf.jsqlparser.parser.SimpleCharStream;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.Token;
import org.jspecify.annotations.Nullable;

/**
 * Hands the parser one token after the other, and no more once there were too many or they nest too
 * deep: its time may grow with the square of what it is fed, its stack with the nesting.
 *
 * <p>The caps are counted on the parser's own tokens. A scanner of ours would now and then disagree
 * with it about where a string or comment ends, and a bracket hidden from the one could reach the
 * other.
 */
final class CappedTokens extends CCJSqlParserTokenManager {
  static final int TOKENS_MAX = 5_000;

  /** Brackets, CASE and words that negate, open at the same time. */
  static final int DEPTH_MAX = 40;

  private final CCJSqlParserTokenManager tokens;
  private int handedOut;
  private int depth;
  private int prefixes;
  private int selects;

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

  @Override
  public Token getNextToken() {
    Token token = tokens.getNextToken();
    if (++handedOut > TOKENS_MAX) {
      throw new UnreadableQueryException(
          "SQL of more than 5,000 words", "Split the query, or pass fewer values");
    }
    refuseHidden(token.specialToken);
    nest(token);
    if (depth + prefixes > DEPTH_MAX) {
      throw new UnreadableQueryException(
          "SQL nested deeper than 40 levels", "Write fewer levels of brackets and sub-queries");
    }
    return token;
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
   * What databases run and the parser skips: {@code /}{@code *! ... *}{@code /} is code to MySQL,
   * and they differ about comments in comments.
   */
  private static void refuseHidden(@Nullable Token special) {
    for (Token comment = special; comment != null; comment = comment.specialToken) {
      String text = comment.image;
      if (text.startsWith("/*")
          && (text.startsWith("/*!") || text.startsWith("/*M!") || text.indexOf("/*", 2) > 0)) {
        throw new UnreadableQueryException("SQL in a comment", "Leave out the comment");
      }
    }
  }
}
