package io.mcpgovernor.config.weigh;

import io.mcpgovernor.policy.QueryWeight;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;

/** What the structure of SQL weighs. Immutable and thread-safe. */
final class SqlWeigher {
  private final SqlWeights weights;

  SqlWeigher(SqlWeights weights) {
    this.weights = weights;
  }

  /** Weighs all statements of a text; one that cannot be read weighs the most there is. */
  QueryWeight weigh(String sql) {
    try {
      return weighed(sql);
    } catch (UnreadableQueryException e) {
      return Tally.most(weights.most(), e.what(), e.advice());
    }
  }

  private QueryWeight weighed(String sql) {
    try {
      return read(sql, false);
    } catch (ParseException | TokenMgrException e) {
      if (sql.indexOf('[') < 0) {
        throw unreadable();
      }
    }
    try {
      return read(sql, true); // SQL Server's way to quote names is everybody else's array
    } catch (ParseException | TokenMgrException e) {
      throw unreadable();
    }
  }

  private static UnreadableQueryException unreadable() {
    return new UnreadableQueryException("SQL that cannot be read", "Write plain, standard SQL");
  }

  private QueryWeight read(String sql, boolean squareBrackets) throws ParseException {
    CCJSqlParser parser =
        new CCJSqlParser(sql)
            .withSquareBracketQuotation(squareBrackets)
            .withDollarQuotedStringTags(true);
    CappedTokens tokens = CappedTokens.of(parser);
    try {
      Statements statements = parser.Statements();
      refuse(tokens);
      return weighed(statements, tokens);
    } catch (ParseException | TokenMgrException e) {
      refuse(tokens);
      throw e;
    } catch (StackOverflowError e) { // the caps leave room, but the caller's stack is not ours
      throw new UnreadableQueryException(
          "SQL nested too deep", "Write fewer levels of brackets and shorter chains");
    } catch (UnreadableQueryException e) {
      throw e;
    } catch (RuntimeException e) { // the parser's and its tree's own faults
      refuse(tokens);
      throw unreadable();
    }
  }

  private static void refuse(CappedTokens tokens) {
    UnreadableQueryException refusal = tokens.refusal();
    if (refusal != null) {
      throw refusal;
    }
  }

  private QueryWeight weighed(Statements statements, CappedTokens tokens) {
    SqlFindings findings = new SqlFindings(weights);
    SqlStatements walk = new SqlStatements(new SqlWalk(findings));
    for (Statement statement : statements) {
      walk.over(statement);
    }
    // What the walk did not come by is there all the same.
    findings.subQueries += Math.max(0, tokens.selects() - findings.selects);
    findings.statements = statements.size();
    return findings.weight();
  }
}
