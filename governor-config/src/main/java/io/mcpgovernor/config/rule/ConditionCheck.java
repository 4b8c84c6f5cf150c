package io.mcpgovernor.config.rule;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of a condition beyond its types: known kinds of PII, patterns and time zones that
 * are what they seem, bounds that CEL does not have. Finds the variables it uses on the way.
 */
final class ConditionCheck {
  /** How many macros a condition may have that go through lists or maps. */
  static final int MACROS_MAX = 8;

  private static final String INDEX = "_[_]";
  private static final String IN = "@in";
  private static final String MATCHES = "matches";

  private final String text;
  private final CelAbstractSyntaxTree tree;
  private final Set<String> kinds;
  private final Map<String, TextPosition> uses = new LinkedHashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();
  private int macros;

  private ConditionCheck(String text, CelAbstractSyntaxTree tree, Set<String> kinds) {
    this.text = text;
    this.tree = tree;
    this.kinds = kinds;
  }

  static ConditionCheck of(String text, CelAbstractSyntaxTree tree, Set<String> kinds)
      throws Complaint {
    ConditionCheck check = new ConditionCheck(text, tree, kinds);
    check.visit(tree.getExpr());
    return check;
  }

  /** The variables it uses, and where first; {@code tool.pii} is one of them. */
  Map<String, TextPosition> uses() {
    return uses;
  }

  List<Pattern> patterns() {
    return patterns;
  }

  TextPosition position(CelExpr expression) {
    Integer offset = tree.getSource().getPositionsMap().get(expression.id());
    return offset == null ? TextPosition.START : TextPosition.of(text, offset);
  }

  private void visit(CelExpr expression) throws Complaint {
    switch (expression.getKind()) {
      case CONSTANT -> constant(expression);
      case IDENT -> uses(expression.ident().name(), expression);
      case SELECT -> {
        select(expression);
        visit(expression.select().operand());
      }
      case CALL -> {
        CelCall call = expression.call();
        call(call);
        if (call.target().isPresent()) {
          visit(call.target().get());
        }
        for (CelExpr argument : call.args()) {
          visit(argument);
        }
      }
      case LIST -> {
        for (CelExpr item : expression.list().elements()) {
          visit(item);
        }
      }
      case MAP -> {
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
          visit(entry.key());
          visit(entry.value());
        }
      }
      case COMPREHENSION -> macro(expression);
      case STRUCT, NOT_SET ->
          throw new Complaint(position(expression), "rules cannot make messages");
    }
  }

  private void uses(String name, CelExpr at) {
    if (Variables.BY_NAME.containsKey(name)) {
      uses.putIfAbsent(name, position(at));
    }
  }

  private void constant(CelExpr expression) throws Complaint {
    if (expression.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
        && Math.abs(expression.constant().doubleValue()) >= ExactNumber.DOUBLE_MAX) {
      throw new Complaint(
          position(expression),
          "doubles this large are not exact: write it as a whole number, without a point");
    }
  }

  private void select(CelExpr expression) throws Complaint {
    CelExpr operand = expression.select().operand();
    String field = expression.select().field();
    if (isCounts(operand)) {
      kind(field, expression);
    }
    if (operand.getKind() == Kind.IDENT
        && operand.ident().name().equals(Variables.TOOL)
        && field.equals("pii")) {
      uses.putIfAbsent("tool.pii", position(expression));
    }
  }

  private void call(CelCall call) throws Complaint {
    List<CelExpr> arguments = new ArrayList<>();
    call.target().ifPresent(arguments::add);
    arguments.addAll(call.args());
    if (arguments.size() != 2) {
      return;
    }
    CelExpr second = arguments.get(1);
    String literal = literal(second);
    if (call.function().equals(MATCHES)) {
      pattern(literal, second);
    } else if (RuleFunctions.OF_TIME.contains(call.function()) && literal != null) {
      zone(literal, second);
    } else if (call.function().equals(INDEX) && literal != null && isCounts(arguments.get(0))) {
      kind(literal, second);
    } else if (call.function().equals(IN) && isCounts(second)) {
      String wanted = literal(arguments.get(0));
      if (wanted != null) {
        kind(wanted, arguments.get(0));
      }
    }
  }

  private void pattern(@Nullable String regex, CelExpr at) throws Complaint {
    if (regex == null) {
      throw new Complaint(
          position(at), "a pattern must stand in the rule as a text, not be worked out");
    }
    try {
      patterns.add(Patterns.of(regex));
    } catch (IllegalArgumentException e) {
      throw new Complaint(position(at), "the pattern " + e.getMessage());
    }
  }

  private void zone(String zone, CelExpr at) throws Complaint {
    // CEL takes offsets without a sign as well, such as 02:00.
    try {
      ZoneId.of(zone.matches("\\d\\d:\\d\\d") ? "+" + zone : zone);
    } catch (DateTimeException e) {
      throw new Complaint(
          position(at),
          "there is no time zone '%s'; names are like Europe/Vienna or UTC".formatted(zone));
    }
  }

  private void kind(String kind, CelExpr at) throws Complaint {
    if (!kinds.contains(kind)) {
      throw new Complaint(position(at), Nearest.unknownKind(kind, kinds));
    }
  }

  private void macro(CelExpr expression) throws Complaint {
    CelComprehension macro = expression.comprehension();
    if (++macros > MACROS_MAX) {
      throw new Complaint(
          position(expression),
          "it costs too much: at most %d macros that go through lists or maps"
              .formatted(MACROS_MAX));
    }
    for (String name : List.of(macro.iterVar(), macro.iterVar2())) {
      if (Variables.BY_NAME.containsKey(name)) {
        throw new Complaint(
            position(expression),
            "'%s' is a variable of rules: give the item another name".formatted(name));
      }
    }
    visit(macro.iterRange());
    visit(macro.accuInit());
    visit(macro.loopCondition());
    visit(macro.loopStep());
    visit(macro.result());
  }

  private static @Nullable String literal(CelExpr expression) {
    return expression.getKind() == Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? expression.constant().stringValue()
        : null;
  }

  private static boolean isCounts(CelExpr expression) {
    if (expression.getKind() == Kind.IDENT) {
      return expression.ident().name().equals(Variables.ARGS_PII);
    }
    return expression.getKind() == Kind.SELECT
        && expression.select().field().equals("masked")
        && expression.select().operand().getKind() == Kind.IDENT
        && expression.select().operand().ident().name().equals(Variables.RESULT);
  }
}
