package io.mcpgovernor.config.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields a condition names, and where, for messages. */
final class FieldNames {
  private FieldNames() {}

  /** Names such as {@code args.limit} by the offsets at which CEL reports them. */
  static Map<Integer, String> of(CelAbstractSyntaxTree tree) {
    Map<Integer, String> names = new HashMap<>();
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(expression -> expression.getKind() == Kind.SELECT)
        .forEach(
            select -> {
              Integer offset = tree.getSource().getPositionsMap().get(select.id());
              String name = name(select);
              if (offset != null && name != null) {
                names.put(offset, name);
              }
            });
    return Map.copyOf(names);
  }

  private static @Nullable String name(CelExpr expression) {
    if (expression.getKind() == Kind.IDENT) {
      return expression.ident().name();
    }
    if (expression.getKind() == Kind.SELECT) {
      String operand = name(expression.select().operand());
      return operand == null ? null : operand + "." + expression.select().field();
    }
    return null;
  }
}
