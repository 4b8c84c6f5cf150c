package io.mcpgovernor.config.rule;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.RuleFacts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which value a reason quotes: a variable and the names of fields and members below it. Immutable.
 */
final class ReasonPath {
  /** Shown in place of a value that may not be quoted, or is not there. */
  static final String UNSAID = "…";

  private static final int NAMES_MAX = 10;
  private static final int NUMBER_MAX = 32;
  private static final int WORD_MAX = 64;
  private static final Set<CelKind> QUOTED =
      Set.of(CelKind.BOOL, CelKind.INT, CelKind.UINT, CelKind.DOUBLE);

  private final List<String> names;

  private ReasonPath(List<String> names) {
    this.names = names;
  }

  static ReasonPath of(String path, TextPosition at, Set<String> kinds) throws Complaint {
    List<String> names = List.of(path.strip().split("\\.", -1));
    if (names.size() > NAMES_MAX || names.stream().anyMatch(String::isBlank)) {
      throw new Complaint(at, "braces hold a name such as args.limit, or are written '{{'");
    }
    Variable variable = Variables.BY_NAME.get(names.get(0));
    if (variable == null) {
      throw new Complaint(
          at,
          "there is no variable '%s'; %s"
              .formatted(names.get(0), Nearest.hint(names.get(0), Variables.BY_NAME.keySet())));
    }
    checkType(names, variable, at, kinds);
    return new ReasonPath(names);
  }

  private static void checkType(
      List<String> names, Variable variable, TextPosition at, Set<String> kinds) throws Complaint {
    CelType type = variable.type();
    Map<String, Variable> fields = variable.fields();
    for (int i = 1; i < names.size(); i++) {
      String name = names.get(i);
      Variable field = fields.get(name);
      if (field != null) {
        type = field.type();
      } else if (!fields.isEmpty()) {
        throw new Complaint(
            at,
            "'%s' has no field '%s'; %s"
                .formatted(names.get(i - 1), name, Nearest.hint(name, fields.keySet())));
      } else if (type instanceof MapType map) {
        type = map.valueType();
        if (type.kind() == CelKind.INT && !kinds.contains(name)) {
          throw new Complaint(at, Nearest.unknownKind(name, kinds));
        }
      } else if (type.kind() != CelKind.DYN) {
        throw new Complaint(at, "'%s' has no fields".formatted(names.get(i - 1)));
      }
      fields = field == null ? Map.of() : field.fields();
    }
    if (!QUOTED.contains(type.kind()) && type.kind() != CelKind.DYN) {
      throw new Complaint(
          at,
          "reasons quote numbers, booleans and members of args that the tool's schema enumerates,"
              + " and '%s' is none".formatted(String.join(".", names)));
    }
  }

  String variable() {
    return names.get(0);
  }

  /** The value's text; never fails, so that no denial fails for its reason. */
  String quote(RuleFacts facts) {
    try {
      return names.get(0).equals(Variables.ARGS) ? ofArguments(facts) : ofFacts(facts);
    } catch (RuntimeException e) {
      return UNSAID;
    }
  }

  /** As the caller wrote it, also where CEL has no such number. */
  private String ofArguments(RuleFacts facts) {
    Object value = facts.call().arguments().tree();
    for (String name : names.subList(1, names.size())) {
      value = value instanceof Map<?, ?> members ? members.get(name) : null;
    }
    if (value instanceof String word) {
      return word.length() <= WORD_MAX && isEnumerated(facts.call().tool(), word) ? word : UNSAID;
    }
    return quoted(value);
  }

  private String ofFacts(RuleFacts facts) {
    Evaluation evaluation = new Evaluation(facts);
    Object value = evaluation.find(names.get(0)).orElse(null);
    for (String name : names.subList(1, names.size())) {
      if (value instanceof FactsValue fields) {
        value = fields.select(name);
      } else if (value instanceof ObjectValue members) {
        value = members.select(name);
      } else {
        return UNSAID;
      }
    }
    return quoted(value);
  }

  private static String quoted(@Nullable Object value) {
    if (value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Double number) {
      String text = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
      return text.length() <= NUMBER_MAX ? text : UNSAID;
    }
    if (value instanceof Number) {
      String text = value.toString();
      return text.length() <= NUMBER_MAX ? text : UNSAID;
    }
    return UNSAID;
  }

  /** Whether the schema's author has written this very value where it stands. */
  private boolean isEnumerated(Tool tool, String word) {
    Object schema = tool.definition().object().get("inputSchema");
    for (String name : names.subList(1, names.size())) {
      schema =
          schema instanceof Map<?, ?> keywords
                  && keywords.get("properties") instanceof Map<?, ?> properties
              ? properties.get(name)
              : null;
    }
    return schema instanceof Map<?, ?> keywords
        && ((keywords.get("enum") instanceof List<?> words && words.contains(word))
            || word.equals(keywords.get("const")));
  }
}
