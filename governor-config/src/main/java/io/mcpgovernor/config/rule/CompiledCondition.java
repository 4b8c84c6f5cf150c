package io.mcpgovernor.config.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import io.mcpgovernor.call.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A condition that has been read and checked. Immutable, thread-safe.
 *
 * @param uses the variables it uses, and where first
 */
record CompiledCondition(
    String text, CelAbstractSyntaxTree tree, Map<String, TextPosition> uses, CelCondition asked) {
  private static final String AND = "_&&_";

  /** Reads a condition. */
  static CompiledCondition of(String text, Set<String> kinds) throws Complaint {
    RuleLanguage language = RuleLanguage.SHARED;
    CelAbstractSyntaxTree tree = language.check(text);
    ConditionCheck check = ConditionCheck.of(text, tree, kinds);
    List<Program> ofTheTool = new ArrayList<>();
    for (CelExpr operand : operands(tree.getExpr())) {
      if (usesOnlyTheTool(operand, kinds, text, tree)) {
        ofTheTool.add(language.program(part(operand, tree)));
      }
    }
    return new CompiledCondition(
        text,
        tree,
        check.uses(),
        new CelCondition(
            language.program(tree), ofTheTool, check.patterns(), FieldNames.of(tree), text));
  }

  /** Its operands if it is one big "and", otherwise itself. */
  private static List<CelExpr> operands(CelExpr expression) {
    if (expression.getKind() == Kind.CALL && expression.call().function().equals(AND)) {
      List<CelExpr> operands = new ArrayList<>();
      expression.call().args().forEach(operand -> operands.addAll(operands(operand)));
      return operands;
    }
    return List.of(expression);
  }

  private static boolean usesOnlyTheTool(
      CelExpr operand, Set<String> kinds, String text, CelAbstractSyntaxTree tree)
      throws Complaint {
    return ConditionCheck.of(text, part(operand, tree), kinds)
        .uses()
        .keySet()
        .equals(Set.of(Variables.TOOL));
  }

  private static CelAbstractSyntaxTree part(CelExpr operand, CelAbstractSyntaxTree tree) {
    return CelAbstractSyntaxTree.newCheckedAst(
        operand, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap());
  }

  /** Whether it is the same condition, however it is spaced. */
  boolean isSameAs(CompiledCondition other) {
    return tree.getExpr().equals(other.tree.getExpr());
  }

  /** Whether it can hold for a tool at all, as far as it asks for nothing but the tool. */
  boolean canHoldFor(Tool tool) {
    return asked.canHoldFor(tool);
  }

  /**
   * What it or one of the operands of its "and" always is, if that decides it: a constant, or
   * nothing.
   */
  Optional<Boolean> constant(Set<String> kinds) throws Complaint {
    if (uses.isEmpty()) {
      return value(tree);
    }
    for (CelExpr operand : operands(tree.getExpr())) {
      CelAbstractSyntaxTree part = part(operand, tree);
      if (ConditionCheck.of(text, part, kinds).uses().isEmpty()
          && value(part).equals(Optional.of(false))) {
        return Optional.of(false);
      }
    }
    return Optional.empty();
  }

  private static Optional<Boolean> value(CelAbstractSyntaxTree constant) throws Complaint {
    try {
      return RuleLanguage.SHARED.program(constant).eval() instanceof Boolean value
          ? Optional.of(value)
          : Optional.empty();
    } catch (CelEvaluationException e) {
      return Optional.empty();
    }
  }
}
