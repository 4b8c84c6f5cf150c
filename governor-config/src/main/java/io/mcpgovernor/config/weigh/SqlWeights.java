package io.mcpgovernor.config.weigh;

/**
 * What parts of SQL weigh, in points of the complexity score.
 *
 * @param join a table joined on a condition, lateral joins and table functions included
 * @param outerJoin the same with LEFT, RIGHT or FULL
 * @param crossJoin a table in FROM that no condition ties to the others, however it is written
 * @param subQuery a query within a query, common table expressions included
 * @param subQueryLevel a level of them: a query in a query in a query has two
 * @param setOperation UNION, INTERSECT, EXCEPT, MINUS
 * @param star SELECT * that is not an argument of a function
 * @param noWhere reading a table without a WHERE that looks at a column
 * @param noWhereOnWrite UPDATE or DELETE without one; TRUNCATE; DROP
 * @param noLimit reading rows, not an aggregate, without LIMIT, FETCH or TOP
 * @param rowsMax from how many rows on a limit counts as none
 * @param recursion a recursive common table expression, or CONNECT BY
 * @param opaque a statement whose work is not in it: CALL, EXEC, DO, functions and procedures
 * @param statement each statement after the first
 * @param most what a text weighs at most, and one that cannot be read weighs
 */
public record SqlWeights(
    double join,
    double outerJoin,
    double crossJoin,
    double subQuery,
    double subQueryLevel,
    double setOperation,
    double star,
    double noWhere,
    double noWhereOnWrite,
    double noLimit,
    int rowsMax,
    double recursion,
    double opaque,
    double statement,
    double most) {
  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is negative or no number
   */
  public SqlWeights {
    Weights.check(
        join,
        outerJoin,
        crossJoin,
        subQuery,
        subQueryLevel,
        setOperation,
        star,
        noWhere,
        noWhereOnWrite,
        noLimit,
        rowsMax,
        recursion,
        opaque,
        statement,
        most);
  }

  /**
   * With the usual maximum of 100, a query with two joins, a WHERE and a LIMIT runs; a cross join
   * of whole tables, an UPDATE without WHERE and what cannot be read do not.
   */
  public static SqlWeights defaults() {
    return new SqlWeights(5, 8, 50, 2, 10, 10, 5, 15, 80, 10, 10_000, 40, 30, 5, 200);
  }
}
