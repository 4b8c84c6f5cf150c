package io.mcpgovernor;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Permit;
import io.mcpgovernor.policy.Quota;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.RuleBook;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What other settings would have said to recorded calls, in the order and at the times in which
 * they were made. Limits count as they would have counted; complexity is what the record says; what
 * identity, schemas, tenants, permissions and masks came to is taken from the record, since grants
 * and raw arguments are not on it. Where a decision depends on what no record says, such as a
 * masked argument, the answer is that nobody knows.
 *
 * <p>Nothing is recorded, charged or run. Not thread-safe.
 */
public final class Replay {
  private static final Pattern REPLACED = Pattern.compile("\\[[A-Z0-9_]+(?::[a-z]+)?]");

  /** Past so many lengths a record has no more, so any text may be masked. */
  private static final int LENGTHS_MAX = 100;

  /** More tools are looked at anew each time. */
  private static final int KNOWN_MAX = 10_000;

  /** How a call came out. */
  public enum Answer {
    /** It may run, or its result may be released. */
    ALLOWED,
    /** It may not. */
    DENIED,
    /** Nobody knows. */
    UNKNOWABLE
  }

  /**
   * A call under both settings.
   *
   * @param seq the record's number, or -1 where it has none
   * @param at when it was recorded
   * @param user who called
   * @param server the tool's server
   * @param tool the tool's name
   * @param before how it came out
   * @param codeBefore the code it was denied with; empty if it was not
   * @param now how it would come out
   * @param codeNow the code it would be denied with; empty if it would not
   * @param why the reason of a denial that is new, or what nobody knows; empty otherwise
   */
  public record Replayed(
      long seq,
      Instant at,
      String user,
      String server,
      String tool,
      Answer before,
      String codeBefore,
      Answer now,
      String codeNow,
      String why) {

    /** Whether an allowed call would be denied, or a denied one allowed. */
    public boolean isFlip() {
      return now != Answer.UNKNOWABLE && now != before;
    }
  }

  /** Which tool: one that has changed since is another one. */
  private record Name(String server, String tool, String pin) {}

  private record Known(Tool tool, RuleBook.ForTool rules) {}

  /** How one call comes out now. */
  private record Now(Answer answer, String code, String why) {
    static final Now ALLOWED = new Now(Answer.ALLOWED, "", "");

    static Now denied(Deny deny) {
      return new Now(Answer.DENIED, deny.code().name(), deny.reason());
    }

    static Now unknowable(String why) {
      return new Now(Answer.UNKNOWABLE, "", why);
    }
  }

  /** Stands where the record stands that is looked at; never goes back. */
  private static final class RecordedTime implements TimeSource {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanos() {
      return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private void reach(Instant moment) {
      now = moment.isAfter(now) ? moment : now;
    }
  }

  private final RecordedTime time = new RecordedTime();
  private final Checks checks;
  private final Maskers maskers;
  private final ToolSettings settings;
  private final Map<String, List<Tool>> definitions = new HashMap<>();
  private final Map<Name, Known> tools = new HashMap<>();
  private final List<Quota> quotas = new ArrayList<>();

  /**
   * A replay.
   *
   * @param candidate the other settings; what they say of the audit log is not looked at
   * @param definitions the tools' definitions as far as they are at hand, for rules that ask for
   *     titles and annotations; used for the calls on whose record stands their {@linkplain
   *     Tool#pin() pin}, whatever the server
   * @throws IllegalArgumentException if the settings cannot be
   */
  public Replay(GovernorBuilder candidate, List<Tool> definitions) {
    this.maskers = new Maskers(candidate.maskRules());
    this.checks = PolicySet.checks(candidate, new Grants(change -> {}), time, maskers, null);
    this.settings = candidate.tools;
    for (Tool tool : definitions) {
      this.definitions.computeIfAbsent(tool.name(), name -> new ArrayList<>()).add(tool);
    }
    if (checks.mode(DenialCode.RATE_LIMIT) != Mode.OFF) {
      quotas.add(checks.rateLimit());
    }
  }

  /**
   * Whether results can come out otherwise: if not, {@link #take} answers null to outcomes whose
   * code is none of a rule, and they can be left out.
   */
  public boolean asksAboutResults() {
    return checks.ruleBook().entries().stream()
        .anyMatch(entry -> entry.rule().moment() == Rule.Moment.RESULT);
  }

  /**
   * Takes the next record of a log, in its order.
   *
   * @param record a record as an object
   * @return how its call comes out under both settings; null if the record is of no call, or of an
   *     outcome about which there is nothing to say
   * @throws IllegalArgumentException if a field is missing that every record of a call has, or is
   *     not what it should be
   */
  public @Nullable Replayed take(Map<String, ? extends @Nullable Object> record) {
    if (!(record.get("event") instanceof String event)) {
      return null;
    }
    if (!(record.get("call_id") instanceof String)) {
      if (event.equals("denied") && record.get("count") instanceof Number many) {
        onlyCounted(record, many);
      }
      return null;
    }
    return switch (event) {
      case "attempt", "denied" -> call(record, event.equals("attempt"));
      case "outcome" -> outcome(record);
      default -> null;
    };
  }

  /** Nobody knows what became of these now, so what happened counts. */
  private void onlyCounted(Map<String, ? extends @Nullable Object> record, Number many) {
    Instant at = at(record);
    time.reach(at);
    if (many.intValue() > 0) {
      String key = Principal.key(text(record, "principal_issuer"), text(record, "user_id"));
      checks.probing().restore(key, many.intValue(), at);
    }
  }

  private Replayed call(Map<String, ? extends @Nullable Object> record, boolean wasAllowed) {
    Instant at = at(record);
    time.reach(at);
    Known known = known(record);
    ToolCall call = call(record, known.tool);
    Map<String, String> verdicts = verdicts(record);
    ReplayFacts facts = facts(record, call);
    RuleChecks ruled = new RuleChecks(facts);
    Now now;
    try {
      now = decide(record, verdicts, known, call, facts, ruled);
    } catch (UnknowableException e) {
      now = Now.unknowable(String.valueOf(e.getMessage()));
    }
    // Where nobody knows, what happened counts.
    if (now.answer == Answer.ALLOWED || (now.answer == Answer.UNKNOWABLE && wasAllowed)) {
      charge(call, ruled);
    } else if (!"denied".equals(verdicts.get("probing"))) {
      // Refusals for too many refusals are not counted among them.
      checks.probing().count(call, Decision.deny(DenialCode.POLICY_ERROR, "-", "-"));
    }
    String codeBefore = wasAllowed ? "" : text(record, "code");
    return replayed(record, at, wasAllowed, codeBefore, now);
  }

  private Now decide(
      Map<String, ? extends @Nullable Object> record,
      Map<String, String> verdicts,
      Known known,
      ToolCall call,
      ReplayFacts facts,
      RuleChecks ruled) {
    for (String check : List.of("identity", "probing", "too_large", "unknown_tool")) {
      Now said = recorded(check, Mode.ENFORCE, verdicts, record);
      boolean wasHidden =
          check.equals("unknown_tool")
              && facts(record).get("hidden_by") instanceof String by
              && by.startsWith("rule:"); // what was in quarantine stays refused
      if (said != null && !wasHidden) {
        return said;
      }
    }
    for (RuleBook.Entry entry : known.rules.hiding()) {
      if (entry.rule().mode() == Mode.ENFORCE && entry.rule().when().holds(facts)) {
        return new Now(Answer.DENIED, DenialCode.UNKNOWN_TOOL.name(), "The tool is hidden.");
      }
    }
    Now schema = recorded("schema", Mode.ENFORCE, verdicts, record);
    if (schema != null) {
      return schema;
    }
    if (checks.isOn(DenialCode.RATE_LIMIT) && checks.rateLimit().peek(call) instanceof Deny full) {
      return Now.denied(full);
    }
    for (String check : List.of("concurrency", "rls", "pii_access")) {
      Now said = recorded(check, checks.mode(new DenialCode(check)), verdicts, record);
      if (said != null) {
        return said;
      }
    }
    if (checks.isOn(DenialCode.COMPLEXITY)) {
      double score = facts.score();
      int below = checks.complexity().scoreBelow(call.tool());
      if (score >= below) {
        return new Now(
            Answer.DENIED,
            DenialCode.COMPLEXITY.name(),
            "The call scores " + score + ", and calls must score below " + below + ".");
      }
    }
    Now masked = recorded("masked_value", checks.mode(DenialCode.MASKED_VALUE), verdicts, record);
    return masked != null ? masked : rules(known.rules.onCall(), ruled);
  }

  private static Now rules(List<RuleBook.Entry> rules, RuleChecks ruled) {
    for (RuleBook.Entry entry : rules) {
      if (entry.rule().mode() == Mode.ENFORCE && ruled.ask(entry) instanceof Deny deny) {
        return Now.denied(deny);
      }
    }
    return Now.ALLOWED;
  }

  /** Results that rules would withhold, or not withhold any more. */
  private @Nullable Replayed outcome(Map<String, ? extends @Nullable Object> record) {
    Known known = known(record);
    String code = record.get("code") instanceof String failed ? failed : "";
    boolean wasWithheldByRule = code.startsWith("rule:");
    if ((known.rules.onResult().isEmpty() && !wasWithheldByRule)
        || (!code.isEmpty() && !wasWithheldByRule)) {
      return null;
    }
    Instant at = at(record);
    time.reach(at);
    Now now;
    try {
      now = rules(known.rules.onResult(), new RuleChecks(facts(record, call(record, known.tool))));
    } catch (UnknowableException e) {
      now = Now.unknowable(String.valueOf(e.getMessage()));
    }
    return replayed(record, at, !wasWithheldByRule, code, now);
  }

  /** What a check said then, if that keeps the call from running now; null if it does not. */
  private static @Nullable Now recorded(
      String check,
      Mode mode,
      Map<String, String> verdicts,
      Map<String, ? extends @Nullable Object> record) {
    if (mode != Mode.ENFORCE) {
      return null;
    }
    return switch (verdicts.getOrDefault(check, "")) {
      case "allowed" -> null;
      case "denied" ->
          new Now(Answer.DENIED, text(record, "code"), String.valueOf(record.get("error")));
      case "shadow" -> new Now(Answer.DENIED, check, "It only watched then, and objected.");
      default -> throw new UnknowableException("what the check " + check + " would have said");
    };
  }

  private void charge(ToolCall call, RuleChecks ruled) {
    List<Quota> charged = new ArrayList<>(quotas);
    charged.addAll(ruled.quotas());
    for (Quota quota : charged) {
      if (Quota.lenient(quota).acquire(call) instanceof Permit permit) {
        permit.close();
      }
    }
  }

  private ReplayFacts facts(Map<String, ? extends @Nullable Object> record, ToolCall call) {
    return new ReplayFacts(call, record, facts(record), checks);
  }

  private Known known(Map<String, ? extends @Nullable Object> record) {
    String pin = record.get("tool_pin") instanceof String text ? text : "";
    Name name = new Name(text(record, "server"), text(record, "tool_name"), pin);
    Known known = tools.get(name);
    if (known == null) {
      Tool tool = settings.of(name.server, name.tool).of(given(name));
      known = new Known(tool, checks.ruleBook().of(tool));
      if (tools.size() < KNOWN_MAX) {
        tools.put(name, known);
      }
    }
    return known;
  }

  private Tool given(Name name) {
    for (Tool defined : definitions.getOrDefault(name.tool, List.of())) {
      if (defined.pin().equals(name.pin)) {
        return defined.server().equals(name.server)
            ? defined
            : Tool.of(name.server, defined.definition()).build();
      }
    }
    return Tool.named(name.server, name.tool).build();
  }

  private ToolCall call(Map<String, ? extends @Nullable Object> record, Tool tool) {
    Principal principal =
        new Principal(
            text(record, "principal_issuer"),
            text(record, "user_id"),
            Set.of(),
            Set.of(),
            source(text(record, "principal_source")));
    return new ToolCall(
        text(record, "call_id"),
        principal,
        record.get("tenant_id") instanceof String tenant ? tenant : null,
        tool,
        arguments(record),
        time.now());
  }

  /** The arguments as far as the record tells them. */
  private Json arguments(Map<String, ? extends @Nullable Object> record) {
    if (!(record.get("arguments") instanceof Map<?, ?> arguments)
        || arguments.containsKey("unrecorded")
        || arguments.containsKey("truncated")) {
      return Json.of(PartlyKnown.nothing());
    }
    Map<?, ?> lengths = record.get("lengths") instanceof Map<?, ?> known ? known : Map.of();
    boolean mayLack = lengths.size() >= LENGTHS_MAX;
    return Json.of(
        new PartlyKnown(
                (pointer, text) -> mayLack || lengths.containsKey(pointer) || isMask(text),
                this::isMask)
            .of(arguments, ""));
  }

  private boolean isMask(String text) {
    return text.indexOf('*') >= 0
        || (text.indexOf('[') >= 0 && REPLACED.matcher(text).find())
        || maskers.usual().holdsMask(text);
  }

  private Replayed replayed(
      Map<String, ? extends @Nullable Object> record,
      Instant at,
      boolean wasAllowed,
      String codeBefore,
      Now now) {
    boolean isNew = now.answer == Answer.UNKNOWABLE || (now.answer == Answer.DENIED && wasAllowed);
    return new Replayed(
        record.get("seq") instanceof Number seq ? seq.longValue() : -1,
        at,
        text(record, "user_id"),
        text(record, "server"),
        text(record, "tool_name"),
        wasAllowed ? Answer.ALLOWED : Answer.DENIED,
        codeBefore,
        now.answer,
        now.code,
        isNew ? maskers.usual().mask(now.why, Sensitivity.STRICT) : "");
  }

  private static Instant at(Map<String, ? extends @Nullable Object> record) {
    try {
      return Instant.parse(text(record, "timestamp"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the record's timestamp is none", e);
    }
  }

  private static Principal.Source source(String text) {
    for (Principal.Source source : Principal.Source.values()) {
      if (source.text().equals(text)) {
        return source;
      }
    }
    throw new IllegalArgumentException("the record has an unknown principal_source");
  }

  private static Map<String, String> verdicts(Map<String, ? extends @Nullable Object> record) {
    Map<String, String> verdicts = new HashMap<>();
    if (record.get("validation") instanceof Map<?, ?> said
        && said.get("trace") instanceof List<?> trace) {
      for (Object check : trace) {
        if (check instanceof Map<?, ?> one) {
          verdicts.put(String.valueOf(one.get("check")), String.valueOf(one.get("verdict")));
        }
      }
    }
    return verdicts;
  }

  private static Map<?, ?> facts(Map<String, ? extends @Nullable Object> record) {
    return record.get("validation") instanceof Map<?, ?> said
            && said.get("metadata") instanceof Map<?, ?> facts
        ? facts
        : Map.of();
  }

  private static String text(Map<String, ? extends @Nullable Object> record, String field) {
    if (record.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("the record has no " + field);
  }
}
