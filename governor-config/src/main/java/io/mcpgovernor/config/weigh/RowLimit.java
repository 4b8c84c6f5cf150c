package io.mcpgovernor.config.weigh;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.JsonAggregateFunction;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.MySQLGroupConcat;
import net.sf.jsqlparser.expression.NumericBind;
import net.sf.jsqlparser.expression.UserVariable;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.Top;
import net.sf.jsqlparser.statement.select.Values;
import org.jspecify.annotations.Nullable;

/** Whether a query may return any number of rows. */
final class RowLimit {
  private static final Set<String> AGGREGATES =
      Set.of(
          "any_value",
          "approx_count_distinct",
          "array_agg",
          "avg",
          "bit_and",
          "bit_or",
          "bool_and",
          "bool_or",
          "count",
          "count_big",
          "every",
          "group_concat",
          "json_agg",
          "json_arrayagg",
          "json_object_agg",
          "jsonb_agg",
          "listagg",
          "max",
          "median",
          "min",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "string_agg",
          "sum",
          "total",
          "var_pop",
          "var_samp",
          "variance");

  private final long rowsMax;

  RowLimit(long rowsMax) {
    this.rowsMax = rowsMax;
  }

  /** Whether nothing in a query says how many rows it returns at most. */
  boolean isMissing(Select select) {
    if (isBound(select.getLimit()) || isBound(select.getFetch())) {
      return false;
    }
    if (select instanceof ParenthesedSelect inner) {
      return isMissing(inner.getSelect());
    }
    if (select instanceof SetOperationList list) {
      return list.getSelects().stream().anyMatch(this::isMissing);
    }
    if (select instanceof PlainSelect plain) {
      return plain.getFromItem() != null
          && plain.getFirst() == null
          && !isBound(plain.getTop())
          && !isAggregate(plain);
    }
    return !(select instanceof Values);
  }

  boolean isBound(@Nullable Limit limit) {
    return limit != null && isBound(limit.getRowCount());
  }

  private boolean isBound(@Nullable Top top) {
    return top != null && !top.isPercentage() && isBound(top.getExpression());
  }

  private boolean isBound(@Nullable Fetch fetch) {
    if (fetch == null) {
      return false;
    }
    List<String> parameters = fetch.getFetchParameters();
    if (parameters != null && parameters.stream().anyMatch("PERCENT"::equalsIgnoreCase)) {
      return false;
    }
    return fetch.getExpression() == null || isBound(fetch.getExpression()); // FETCH FIRST ROW ONLY
  }

  private boolean isBound(@Nullable Expression rows) {
    if (rows instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
      return isBound(list.get(0));
    }
    if (rows instanceof LongValue number) {
      try {
        return number.getValue() <= rowsMax;
      } catch (NumberFormatException e) {
        return false; // more than a long holds
      }
    }
    // What stands in for a number is another argument; ALL, NULL and sums are no bound.
    return rows instanceof JdbcParameter
        || rows instanceof JdbcNamedParameter
        || rows instanceof NumericBind
        || rows instanceof UserVariable;
  }

  /** Whether a query returns one row whatever it reads. */
  static boolean isOneRow(Select select) {
    Select inner = select instanceof ParenthesedSelect outer ? outer.getSelect() : select;
    return inner instanceof PlainSelect plain
        && plain.getGroupBy() == null
        && (plain.getFromItem() == null || isAggregate(plain));
  }

  private static boolean isAggregate(PlainSelect select) {
    if (select.getGroupBy() != null) {
      return true;
    }
    Aggregates aggregates = new Aggregates();
    for (SelectItem<?> item : select.getSelectItems()) {
      item.getExpression().accept(aggregates, null);
    }
    return aggregates.found;
  }

  private static final class Aggregates extends ExpressionVisitorAdapter<@Nullable Void> {
    private boolean found;

    @Override
    public <S> @Nullable Void visit(Function function, S context) {
      String name = function.getName();
      found |= name != null && AGGREGATES.contains(name.toLowerCase(Locale.ROOT));
      return super.visit(function, context);
    }

    @Override
    public <S> @Nullable Void visit(AnalyticExpression expression, S context) {
      AnalyticType type = expression.getType(); // OVER returns as many rows as there are
      found |= type == AnalyticType.FILTER_ONLY || type == AnalyticType.WITHIN_GROUP;
      return null;
    }

    @Override
    public <S> @Nullable Void visit(MySQLGroupConcat expression, S context) {
      found = true;
      return null;
    }

    @Override
    public <S> @Nullable Void visit(JsonAggregateFunction expression, S context) {
      found = true;
      return null;
    }

    @Override
    public <S> @Nullable Void visit(Select select, S context) {
      return null;
    }

    @Override
    public <S> @Nullable Void visit(ParenthesedSelect select, S context) {
      return null;
    }
  }
}
