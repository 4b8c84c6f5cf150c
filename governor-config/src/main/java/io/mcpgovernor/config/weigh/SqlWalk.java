package io.mcpgovernor.config.weigh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.piped.FromQuery;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectVisitorAdapter;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/** Walks over queries and those within them, and notes what they have. For one text. */
final class SqlWalk extends SelectVisitorAdapter<@Nullable Void> {
  private final SqlFindings findings;
  private final RowLimit limit;

  /** How many queries are around the one that is looked at. */
  private int level;

  /** Whether it, or one around it, chooses rows. */
  private boolean chooses;

  private final Set<String> tableExpressions = new HashSet<>();
  private final Deque<String> bodies = new ArrayDeque<>();
  private int nameless;

  SqlWalk(SqlFindings findings) {
    this.findings = findings;
    this.limit = new RowLimit(findings.weights.rowsMax());
  }

  SqlFindings findings() {
    return findings;
  }

  RowLimit limit() {
    return limit;
  }

  /** Walks on one level further in. */
  void inside(Runnable walk) {
    level++;
    walk.run();
    level--;
  }

  @Override
  public <S> @Nullable Void visit(PlainSelect select, S context) {
    findings.selects++;
    if (level > 0) {
      findings.subQueries++;
      findings.subQueryLevels = Math.max(findings.subQueryLevels, level);
    } else if (select.getSelectItems().stream()
        .anyMatch(item -> item.getExpression() instanceof AllColumns)) {
      findings.stars++;
    }
    if (select.getOracleHierarchical() != null) {
      findings.recursions++;
    }
    if (select.getLateralViews() != null) {
      findings.joins += select.getLateralViews().size();
    }
    boolean before = chooses;
    chooses |= FromGraph.chooses(select.getWhere()) || FromGraph.chooses(select.getPreWhere());
    List<String> own = names(select.getWithItemsList());
    own.removeIf(name -> !tableExpressions.add(name)); // its bodies do not know them yet
    boolean readsTable = from(select.getFromItem(), select.getJoins(), select.getWhere());
    own.forEach(tableExpressions::remove);
    if (readsTable && !chooses) {
      findings.readsWithoutWhere++;
    }
    inside(() -> super.visit(select, context));
    chooses = before;
    return null;
  }

  private static List<String> names(@Nullable List<WithItem<?>> items) {
    List<String> names = new ArrayList<>();
    for (WithItem<?> item : items == null ? List.<WithItem<?>>of() : items) {
      names.add(name(item));
    }
    return names;
  }

  private static String name(WithItem<?> item) {
    return item.getAlias() == null ? "" : key(item.getUnquotedAliasName());
  }

  @Override
  public <S> @Nullable Void visit(SetOperationList list, S context) {
    findings.setOperations += list.getSelects().size() - 1;
    inside(() -> visitWithItems(list.getWithItemsList(), context));
    list.getSelects().forEach(select -> select.accept(this, context));
    inside(() -> getExpressionVisitor().visitOrderBy(list.getOrderByElements(), context));
    return null;
  }

  @Override
  public <S> @Nullable Void visit(WithItem<?> item, S context) {
    String name = name(item);
    int before = findings.recursions;
    bodies.push(item.isRecursive() || isUnion(item) ? name : "");
    super.visit(item, context);
    bodies.pop();
    if (item.isRecursive()) {
      findings.recursions = Math.max(findings.recursions, before + 1);
    }
    tableExpressions.add(name);
    return null;
  }

  private static boolean isUnion(WithItem<?> item) {
    return item.getParenthesedStatement() instanceof Select select
        && (select instanceof SetOperationList
            || (select instanceof ParenthesedSelect inner
                && inner.getSelect() instanceof SetOperationList));
  }

  @Override
  public <S> @Nullable Void visit(TableStatement statement, S context) {
    findings.stars++;
    findings.readsWithoutWhere++;
    return super.visit(statement, context);
  }

  @Override
  public <S> @Nullable Void visit(FromQuery query, S context) {
    throw new UnreadableQueryException("SQL with pipes", "Write SELECT instead of pipes");
  }

  /**
   * Counts how the items of a FROM are joined.
   *
   * @return whether one of them is a table
   */
  boolean from(@Nullable FromItem first, @Nullable List<Join> joins, @Nullable Expression where) {
    if (first == null) {
      return false;
    }
    FromGraph graph = new FromGraph();
    int[] kinds = new int[2];
    boolean readsTable = items(first, joins, graph, kinds);
    graph.condition(where);
    int cross = graph.loose();
    findings.crossJoins += cross;
    findings.joins += Math.max(0, kinds[0] - cross);
    findings.outerJoins += kinds[1] - Math.max(0, cross - kinds[0]);
    return readsTable;
  }

  private boolean items(FromItem first, @Nullable List<Join> joins, FromGraph graph, int[] kinds) {
    boolean readsTable = item(first, graph, false, kinds);
    for (Join join : joins == null ? List.<Join>of() : joins) {
      kinds[join.isLeft() || join.isRight() || join.isFull() || join.isOuter() ? 1 : 0]++;
      boolean tied =
          join.isNatural()
              || join.isApply()
              || join.isArray()
              || (join.getUsingColumns() != null && !join.getUsingColumns().isEmpty());
      readsTable |= item(join.getFromItem(), graph, tied, kinds);
      if (join.getOnExpressions() != null) {
        join.getOnExpressions().forEach(graph::condition);
      }
    }
    return readsTable;
  }

  private boolean item(FromItem item, FromGraph graph, boolean tied, int[] kinds) {
    if (item instanceof ParenthesedFromItem inner) {
      return items(inner.getFromItem(), inner.getJoins(), graph, kinds);
    }
    String name = name(item);
    graph.item(name);
    if (tied
        || item instanceof LateralSubSelect
        || item instanceof TableFunction
        || item instanceof Values
        || (item instanceof Select select && RowLimit.isOneRow(select))) {
      graph.tie(name);
    }
    if (item instanceof Table table) {
      String key = key(table.getUnquotedName());
      if (bodies.contains(key)) {
        findings.recursions++;
      }
      return !tableExpressions.contains(key) && !bodies.contains(key);
    }
    return false;
  }

  private String name(FromItem item) {
    Alias alias = item.getAlias();
    if (alias != null && alias.getName() != null) {
      return alias.getUnquotedName();
    }
    // A name that no column is qualified with.
    return item instanceof Table table ? table.getUnquotedName() : " " + nameless++;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
