package io.mcpgovernor.config.weigh;

import io.mcpgovernor.policy.QueryWeight;

/** What was found in a text of SQL. */
final class SqlFindings {
  final SqlWeights weights;
  int joins;
  int outerJoins;
  int crossJoins;

  /** All queries, those within others or not. */
  int selects;

  int subQueries;
  int subQueryLevels;
  int setOperations;
  int stars;
  int readsWithoutWhere;
  int updatesWithoutWhere;
  int deletesWithoutWhere;
  int truncates;
  int drops;
  int readsWithoutLimit;
  int recursions;
  int opaques;
  int statements;

  SqlFindings(SqlWeights weights) {
    this.weights = weights;
  }

  QueryWeight weight() {
    Tally tally = new Tally();
    String fewer = "Join fewer tables";
    tally.add(joins, weights.join(), "1 join", "%d joins", fewer);
    tally.add(outerJoins, weights.outerJoin(), "1 outer join", "%d outer joins", fewer);
    tally.add(
        crossJoins,
        weights.crossJoin(),
        "1 cross join",
        "%d cross joins",
        "Tie the tables together by a condition on columns of both");
    String flatter = "Use fewer sub-queries";
    tally.add(subQueries, weights.subQuery(), "1 sub-query", "%d sub-queries", flatter);
    tally.add(
        subQueryLevels,
        weights.subQueryLevel(),
        "1 level of sub-queries",
        "%d levels of sub-queries",
        flatter);
    tally.add(
        setOperations,
        weights.setOperation(),
        "1 set operation",
        "%d set operations",
        "Split the parts of the UNION into calls of their own");
    tally.add(stars, weights.star(), "SELECT *", "%d times SELECT *", "Name the columns you need");
    tally.add(
        readsWithoutWhere,
        weights.noWhere(),
        "no WHERE",
        "%d reads without WHERE",
        "Add a WHERE on a column");
    String where = "Add a WHERE on a column";
    double write = weights.noWhereOnWrite();
    tally.add(
        updatesWithoutWhere, write, "UPDATE without WHERE", "%d UPDATEs without WHERE", where);
    tally.add(
        deletesWithoutWhere, write, "DELETE without WHERE", "%d DELETEs without WHERE", where);
    tally.add(truncates, write, "TRUNCATE", "%d TRUNCATEs", "DELETE with a WHERE");
    tally.add(drops, write, "DROP", "%d DROPs", "Ask an administrator to do that");
    tally.add(
        readsWithoutLimit,
        weights.noLimit(),
        "no LIMIT",
        "%d reads without LIMIT",
        "Add a LIMIT of " + weights.rowsMax() + " or less");
    tally.add(
        recursions,
        weights.recursion(),
        "recursion",
        "%d recursions",
        "Read one level at a time instead of recursively");
    tally.add(
        opaques,
        weights.opaque(),
        "a call of other code",
        "%d calls of other code",
        "Write the statement itself");
    tally.add(
        statements - 1L,
        weights.statement(),
        "1 more statement",
        "%d more statements",
        "Send one statement a call");
    return tally.total(weights.most());
  }
}
