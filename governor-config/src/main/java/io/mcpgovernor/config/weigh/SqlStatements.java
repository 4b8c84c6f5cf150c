package io.mcpgovernor.config.weigh;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.statement.Block;
import net.sf.jsqlparser.statement.CreateFunctionalStatement;
import net.sf.jsqlparser.statement.DoStatement;
import net.sf.jsqlparser.statement.ExplainStatement;
import net.sf.jsqlparser.statement.IfElseStatement;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.StatementVisitorAdapter;
import net.sf.jsqlparser.statement.UnsupportedStatement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.execute.Execute;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/** Notes what statements do besides the queries in them. For one text. */
final class SqlStatements extends StatementVisitorAdapter<@Nullable Void> {
  private final SqlWalk walk;
  private final SqlFindings findings;

  SqlStatements(SqlWalk walk) {
    super(walk);
    this.walk = walk;
    this.findings = walk.findings();
  }

  void over(Statement statement) {
    statement.accept(this, null);
  }

  @Override
  public <S> @Nullable Void visit(Select select, S context) {
    if (walk.limit().isMissing(select)) {
      findings.readsWithoutLimit++;
    }
    return super.visit(select, context);
  }

  @Override
  public <S> @Nullable Void visit(Update update, S context) {
    if (!FromGraph.chooses(update.getWhere()) && !walk.limit().isBound(update.getLimit())) {
      findings.updatesWithoutWhere++;
    }
    List<Join> joins = joins(update.getStartJoins());
    joins.addAll(joined(update.getFromItem()));
    joins.addAll(joins(update.getJoins()));
    walk.from(update.getTable(), joins, update.getWhere());
    walk.inside(() -> super.visit(update, context));
    return null;
  }

  @Override
  public <S> @Nullable Void visit(Delete delete, S context) {
    if (!FromGraph.chooses(delete.getWhere()) && !walk.limit().isBound(delete.getLimit())) {
      findings.deletesWithoutWhere++;
    }
    List<Join> joins = joins(delete.getJoins());
    List<FromItem> using = delete.getUsingFromItemList();
    if (using != null) {
      using.forEach(item -> joins.addAll(joined(item)));
    }
    walk.from(delete.getTable(), joins, delete.getWhere());
    walk.inside(() -> super.visit(delete, context));
    return null;
  }

  private static List<Join> joins(@Nullable List<Join> joins) {
    return joins == null ? new ArrayList<>() : new ArrayList<>(joins);
  }

  private static List<Join> joined(@Nullable FromItem item) {
    return item == null ? List.of() : List.of(new Join().setFromItem(item));
  }

  @Override
  public <S> @Nullable Void visit(Merge merge, S context) {
    findings.joins++;
    walk.inside(() -> super.visit(merge, context));
    return null;
  }

  @Override
  public <S> @Nullable Void visit(Truncate truncate, S context) {
    findings.truncates++;
    return null;
  }

  @Override
  public <S> @Nullable Void visit(Drop drop, S context) {
    findings.drops++;
    return null;
  }

  @Override
  public <S> @Nullable Void visit(ExplainStatement explain, S context) {
    if (explain.getStatement() != null) {
      over(explain.getStatement());
    }
    return null;
  }

  @Override
  public <S> @Nullable Void visit(Block block, S context) {
    if (block.getStatements() != null) {
      block.getStatements().forEach(this::over);
    }
    return null;
  }

  @Override
  public <S> @Nullable Void visit(IfElseStatement choice, S context) {
    over(choice.getIfStatement());
    if (choice.getElseStatement() != null) {
      over(choice.getElseStatement());
    }
    return null;
  }

  @Override
  public <S> @Nullable Void visit(Execute execute, S context) {
    findings.opaques++;
    return super.visit(execute, context);
  }

  @Override
  public <S> @Nullable Void visit(DoStatement statement, S context) {
    findings.opaques++;
    return null;
  }

  @Override
  public <S> @Nullable Void visit(CreateFunctionalStatement statement, S context) {
    findings.opaques++;
    return null;
  }

  @Override
  public <S> @Nullable Void visit(UnsupportedStatement statement, S context) {
    throw new UnreadableQueryException("SQL that cannot be read", "Write plain, standard SQL");
  }
}
