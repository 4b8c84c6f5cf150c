package io.mcpgovernor.config.rule;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Condition.FailedException;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.RuleFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All variables of rules, with their types and where their values come from. */
final class Variables {
  static final String ARGS = "args";
  static final String ARGS_PII = "args_pii";
  static final String RESULT = "result";
  static final String TOOL = "tool";

  private static final CelType TEXTS = ListType.create(SimpleType.STRING);
  private static final CelType COUNTS = MapType.create(SimpleType.STRING, SimpleType.INT);
  private static final CelType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private static final List<Variable> ALL =
      List.of(
          struct(
              TOOL,
              field("name", SimpleType.STRING, e -> e.tool().name()),
              field("server", SimpleType.STRING, e -> e.tool().server()),
              field("title", SimpleType.STRING, e -> title(defined(e))),
              field("annotations", OBJECT, e -> new ObjectValue(annotations(defined(e)), e)),
              field("tags", TEXTS, e -> names(e.tool().tags())),
              field("pii", SimpleType.BOOL, e -> e.facts().readsPii())),
          field(ARGS, OBJECT, e -> new ObjectValue(arguments(e.facts()), e)),
          field(ARGS_PII, COUNTS, e -> new CountsValue(e.facts().argumentsPii(), e)),
          struct(
              "user",
              field("id", SimpleType.STRING, e -> user(e).subject()),
              field("issuer", SimpleType.STRING, e -> user(e).issuer()),
              field("tenants", TEXTS, e -> names(e.facts().tenants())),
              field("roles", TEXTS, e -> names(e.facts().roles())),
              field("claims", OBJECT, e -> new ObjectValue(e.facts().claims(), e)),
              field("permissions", TEXTS, e -> names(e.facts().permissions())),
              field("source", SimpleType.STRING, e -> user(e).source().text())),
          field(
              "tenant",
              SimpleType.STRING,
              e -> Objects.requireNonNullElse(e.facts().call().tenant(), "")),
          struct(
              "call",
              field("time", SimpleType.TIMESTAMP, e -> e.facts().call().at()),
              field("source", SimpleType.STRING, e -> user(e).source().text()),
              field("protocol", SimpleType.STRING, e -> e.facts().protocol())),
          struct(
              "usage",
              field("calls_hour", SimpleType.INT, e -> e.facts().callsInWindow()),
              field("denials_minute", SimpleType.INT, e -> e.facts().denialsInMinute())),
          field("score", SimpleType.DOUBLE, e -> e.facts().score()),
          struct(
              RESULT,
              field("bytes", SimpleType.INT, e -> (long) result(e).bytes()),
              field("masked", COUNTS, e -> new CountsValue(result(e).masked(), e)),
              field("is_error", SimpleType.BOOL, e -> result(e).isError())));

  /** Each by its name, in the order of the documentation. */
  static final Map<String, Variable> BY_NAME = byName(ALL);

  /** What lists of tools can be asked about, as they have no arguments. */
  static final Set<String> OF_LISTS = Set.of(TOOL, "user", "tenant", "call");

  private Variables() {}

  private static Variable field(String name, CelType type, Function<Evaluation, Object> reader) {
    return new Variable(name, type, Map.of(), reader);
  }

  private static Variable struct(String name, Variable... fields) {
    Map<String, Variable> known = byName(List.of(fields));
    ImmutableMap<String, CelType> types =
        known.values().stream().collect(toImmutableMap(Variable::name, Variable::type));
    CelType type =
        StructType.create(
            "governor." + name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
    return new Variable(name, type, known, e -> new FactsValue(type, known, e));
  }

  private static Map<String, Variable> byName(List<Variable> variables) {
    Map<String, Variable> byName = new LinkedHashMap<>();
    variables.forEach(variable -> byName.put(variable.name(), variable));
    return byName;
  }

  private static List<Object> names(Set<String> names) {
    return new ListValue(new NameItems(names));
  }

  private static Principal user(Evaluation e) {
    return e.facts().call().principal();
  }

  /** A tool of which more is known than its name. */
  private static Tool defined(Evaluation e) {
    if (!e.tool().isDefined()) {
      throw new UnknowableException("the tool's definition is not at hand");
    }
    return e.tool();
  }

  private static Map<?, ?> arguments(RuleFacts facts) {
    if (facts.call().arguments().tree() instanceof Map<?, ?> members) {
      return members;
    }
    throw new FailedException("the arguments are no object");
  }

  private static RuleFacts.Result result(Evaluation e) {
    RuleFacts.Result result = e.facts().result();
    if (result == null) {
      throw new FailedException("there is no result yet");
    }
    return result;
  }

  /** As clients show it: the title, or the one among the annotations, which is older. */
  private static String title(Tool tool) {
    for (Object title :
        new @Nullable Object[] {
          tool.definition().object().get("title"), annotations(tool).get("title")
        }) {
      if (title instanceof String text) {
        return text;
      }
    }
    return "";
  }

  private static Map<?, ?> annotations(Tool tool) {
    return tool.definition().object().get("annotations") instanceof Map<?, ?> annotations
        ? annotations
        : Map.of();
  }

  /** The types of those variables that have fields. */
  static List<CelType> structs() {
    List<CelType> structs = new ArrayList<>();
    for (Variable variable : ALL) {
      if (variable.type() instanceof StructType) {
        structs.add(variable.type());
      }
    }
    return structs;
  }
}
