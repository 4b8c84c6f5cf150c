package io.mcpgovernor.config.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What CEL finds wrong with a condition, in the words of this project. */
final class CelIssues {
  private static final int MESSAGE_MAX = 200;

  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*?)' .*");
  private static final Pattern UNDEFINED = Pattern.compile("undefined field '(.*)'");
  private static final Pattern EXPECTED = Pattern.compile("expected type '(.*)' but found '(.*)'");
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.*?)' applied to '(.*?)'.*", Pattern.DOTALL);

  private CelIssues() {}

  /** About the first error. */
  static Complaint complaint(
      String text, CelValidationResult result, Optional<CelAbstractSyntaxTree> parsed) {
    if (result.getErrors().isEmpty()) {
      return new Complaint(TextPosition.START, "it cannot be read");
    }
    CelIssue issue = result.getErrors().get(0);
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    return new Complaint(new TextPosition(line, column + 1), sentence(issue, text, parsed));
  }

  private static String sentence(
      CelIssue issue, String text, Optional<CelAbstractSyntaxTree> parsed) {
    String message = issue.getMessage();
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return undeclared(undeclared.group(1), text);
    }
    Matcher undefined = UNDEFINED.matcher(message);
    if (undefined.matches()) {
      return undefined(undefined.group(1), issue.getExprId(), parsed);
    }
    Matcher expected = EXPECTED.matcher(message);
    if (expected.matches()) {
      return expected.group(1).equals("bool")
          ? "this is " + expected.group(2) + " where true or false is needed"
          : "this is " + expected.group(2) + " where " + expected.group(1) + " is needed";
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      return operator(overload.group(1)) + " does not go with " + overload.group(2);
    }
    if (message.contains("code point size exceeds")) {
      return "it is too long: at most %,d characters".formatted(RuleLanguage.LENGTH_MAX);
    }
    if (message.contains("node limit")) {
      return "it is too large: at most %,d parts once its macros are written out"
          .formatted(RuleLanguage.NODES_MAX);
    }
    if (message.contains("recursion limit")) {
      return "it nests too deep: at most %,d levels".formatted(RuleLanguage.NESTING_MAX);
    }
    String plain = message.replaceAll("\\s+", " ").replaceAll(" expecting \\{.*", "");
    return "CEL cannot read it: "
        + (plain.length() > MESSAGE_MAX ? plain.substring(0, MESSAGE_MAX) + "…" : plain);
  }

  private static String undeclared(String name, String text) {
    boolean isFunction =
        Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "\\s*\\(").matcher(text).find()
            || Pattern.compile("\\." + Pattern.quote(name) + "\\s*\\(").matcher(text).find();
    return isFunction
        ? "there is no function '%s'; %s".formatted(name, functionHint(name))
        : "there is no variable '%s'; %s"
            .formatted(name, Nearest.hint(name, Variables.BY_NAME.keySet()));
  }

  private static String functionHint(String name) {
    String nearest = Nearest.to(name, RuleFunctions.NAMES);
    return nearest == null
        ? "docs/policies.md lists what there is"
        : "did you mean '" + nearest + "'?";
  }

  private static String undefined(
      String field, long expression, Optional<CelAbstractSyntaxTree> parsed) {
    for (CelExpr each : parsed.map(CelIssues::selects).orElse(java.util.List.of())) {
      if (each.id() == expression && each.select().operand().getKind() == Kind.IDENT) {
        String owner = each.select().operand().ident().name();
        Variable variable = Variables.BY_NAME.get(owner);
        Map<String, Variable> fields = variable == null ? Map.of() : variable.fields();
        return "'%s' has no field '%s'; %s"
            .formatted(owner, field, Nearest.hint(field, fields.keySet()));
      }
    }
    return "there is no field '" + field + "'";
  }

  private static java.util.List<CelExpr> selects(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(expression -> expression.getKind() == Kind.SELECT)
        .toList();
  }

  /** {@code _>_} as people write it. */
  private static String operator(String function) {
    String plain = function.replace("_", "").replace("@", "");
    return "'" + (plain.isEmpty() ? function : plain) + "'";
  }
}
