package io.mcpgovernor.config.weigh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/**
 * Which tables of a FROM are tied together by conditions on columns of both. Those that are not are
 * multiplied with each other, whether that is written {@code CROSS JOIN}, with a comma, or {@code
 * ON 1 = 1}.
 */
final class FromGraph {
  private final Map<String, String> parents = new HashMap<>();
  private final Set<String> items = new HashSet<>();
  private @Nullable String first;
  private int others;
  private int unqualified;

  /** Adds an item of a FROM. */
  void item(String alias) {
    String name = key(alias);
    if (first == null) {
      first = name;
      items.add(name);
    } else if (!items.add(name)) {
      others++; // the same name twice: not one of them
    }
  }

  /** Ties an item to what stands before it: USING, NATURAL, LATERAL. */
  void tie(String alias) {
    if (first != null) {
      union(first, key(alias));
    }
  }

  /** Ties items by a condition that all rows have to fulfil. */
  void condition(@Nullable Expression condition) {
    for (Expression part : parts(condition, true)) {
      List<Expression> choices = parts(part, false);
      Columns common = new Columns();
      boolean isFirst = true;
      for (Expression choice : choices) {
        Columns columns = new Columns();
        choice.accept(columns, null);
        common = isFirst ? columns : common.both(columns);
        isFirst = false;
      }
      apply(common);
    }
  }

  private void apply(Columns columns) {
    if (columns.qualifiers.size() > 1) {
      String one = columns.qualifiers.iterator().next();
      columns.qualifiers.forEach(other -> union(one, other));
    } else if (columns.unqualified > 0 && columns.qualifiers.size() + columns.unqualified > 1) {
      unqualified++; // whose columns they are only the database knows
    }
  }

  /** How many items nothing ties to the rest. */
  int loose() {
    Set<String> roots = new HashSet<>();
    items.forEach(item -> roots.add(root(item)));
    return Math.max(0, roots.size() - 1 + others - unqualified);
  }

  /** The parts of a chain of AND (or of OR), without recursion: chains are long and lean left. */
  private static List<Expression> parts(@Nullable Expression expression, boolean and) {
    List<Expression> parts = new ArrayList<>();
    Deque<Expression> open = new ArrayDeque<>();
    if (expression != null) {
      open.push(expression);
    }
    while (!open.isEmpty()) {
      Expression next = open.pop();
      if (and && next instanceof AndExpression both) {
        open.push(both.getRightExpression());
        open.push(both.getLeftExpression());
      } else if (!and && next instanceof OrExpression either) {
        open.push(either.getRightExpression());
        open.push(either.getLeftExpression());
      } else if (next instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
        open.push(list.get(0));
      } else {
        parts.add(next);
      }
    }
    return parts;
  }

  private void union(String one, String other) {
    parents.put(root(other), root(one));
  }

  private String root(String name) {
    String root = name;
    for (String parent = parents.get(root);
        parent != null && !parent.equals(root);
        parent = parents.get(root)) {
      root = parent;
    }
    if (!root.equals(name)) {
      parents.put(name, root); // so that the next way is short
    }
    return root;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a condition chooses rows: it has a part that looks at columns, or at another query,
   * whichever side of an OR holds.
   */
  static boolean chooses(@Nullable Expression condition) {
    for (Expression part : parts(condition, true)) {
      boolean looks = true;
      for (Expression choice : parts(part, false)) {
        Columns columns = new Columns();
        choice.accept(columns, null);
        looks &= columns.hasQuery || columns.unqualified > 0 || !columns.qualifiers.isEmpty();
      }
      if (looks) {
        return true;
      }
    }
    return false;
  }

  /** The columns of an expression, without those of queries in it. */
  private static final class Columns extends ExpressionVisitorAdapter<@Nullable Void> {
    private final Set<String> qualifiers = new HashSet<>();
    private int unqualified;
    private boolean hasQuery;

    private Columns both(Columns other) {
      Columns both = new Columns();
      both.qualifiers.addAll(qualifiers);
      both.qualifiers.retainAll(other.qualifiers);
      both.unqualified = Math.min(unqualified, other.unqualified);
      return both;
    }

    @Override
    public <S> @Nullable Void visit(Column column, S context) {
      Table table = column.getTable();
      if (table == null || table.getName() == null) {
        unqualified++;
      } else {
        qualifiers.add(key(table.getUnquotedName()));
      }
      return null;
    }

    @Override
    public <S> @Nullable Void visit(Select select, S context) {
      hasQuery = true;
      return null;
    }

    @Override
    public <S> @Nullable Void visit(ParenthesedSelect select, S context) {
      hasQuery = true;
      return null;
    }
  }
}
