package io.mcpgovernor;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.Evaluation.CheckAnswer;
import io.mcpgovernor.Recorder.CallRecords;
import io.mcpgovernor.ToolPlans.Plan;
import io.mcpgovernor.ToolRunner.Run;
import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Columns;
import io.mcpgovernor.pii.Fitted;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Scan;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.StrictPlaces;
import io.mcpgovernor.pii.UnscannedBinary;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Identity;
import io.mcpgovernor.policy.Quota;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.RuleBook;
import io.mcpgovernor.policy.RuleFacts;
import io.mcpgovernor.policy.ValidationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * <b>The order of the steps.</b> Each call goes through
 *
 * <pre>context -> decide -> audit the attempt -> run -> mask -> audit the outcome -> release</pre>
 *
 * and through nothing else. Whatever fails on the way, the caller gets less: a denial with a code,
 * a reason and what to do next. The order is code in this one class, not a list somebody could
 * change.
 *
 * <p>Thread-safe. Nothing here waits: the caller's thread decides and queues the attempt's record;
 * the tool runs where its caller says; masking happens where the tool's answer arrived.
 */
final class GovernanceInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(GovernanceInterceptor.class);
  private static final Deny UNKNOWN_TOOL =
      Decision.deny(
          DenialCode.UNKNOWN_TOOL,
          "There is no tool of this name.",
          "Ask for the list of tools and call one of them.");
  private static final Deny QUARANTINED =
      Decision.deny(
          DenialCode.QUARANTINED,
          "The tool's definition has changed, or is new, and nobody has approved it yet.",
          "See what changed with 'governor tools list', then 'governor tools approve' it.");
  private static final int TOOL_NAME_CHARS = 128;
  private static final int SENTENCE_CHARS = 1_000;
  private static final int SUGGESTIONS_MAX = 10;
  private static final String UNMASKED =
      "It could not be masked, so it is withheld; tell an administrator.";

  private final ToolPlans plans;
  private final Checks checks;
  private final Recorder recorder;
  private final ToolRunner runner;
  private final Maskers maskers;
  private final Masker masker;
  private final UnscannedBinary unscannedBinary;
  private final int resultBytesMax;
  private final Duration timeout;
  private final TimeSource time;
  private final CallIds ids;
  private final List<Quota> quotas;

  GovernanceInterceptor(
      ToolPlans plans,
      Checks checks,
      Recorder recorder,
      ToolRunner runner,
      Maskers maskers,
      GovernorBuilder settings,
      List<? extends Quota> alsoCharged,
      CallIds ids,
      TimeSource time) {
    this.plans = plans;
    this.checks = checks;
    this.recorder = recorder;
    this.runner = runner;
    this.maskers = maskers;
    this.masker = maskers.usual();
    this.unscannedBinary = settings.unscannedBinary;
    this.resultBytesMax = settings.resultBytesMax;
    this.timeout = settings.timeout;
    this.ids = ids;
    this.time = time;
    this.quotas = new ArrayList<>(alsoCharged);
    this.quotas.add(checks.concurrency());
    switch (checks.mode(DenialCode.RATE_LIMIT)) {
      case ENFORCE -> this.quotas.add(checks.rateLimit());
      case SHADOW -> this.quotas.add(Quota.lenient(checks.rateLimit()));
      case OFF -> {}
    }
  }

  /** A call with everything the steps need to know of it. */
  private record Context(
      ToolCall call,
      Decision identity,
      Sensitivity sensitivity,
      Columns columns,
      StrictPlaces strict,
      RuleBook.ForTool rules,
      boolean quarantined,
      String protocol,
      boolean continues,
      @Nullable String traceId,
      long startedNanos) {}

  /** What a run came to: a result to release, or a denial. */
  private record Ending(
      Run run, int rawBytes, CallOutcome outcome, @Nullable Scan scan, ResultChecks checked) {}

  /**
   * Takes one call through all steps.
   *
   * @param place where the tool runs, and its result is masked
   * @param callerWaits whether the calling thread may write records, and the last step may run
   *     wherever the one before did, for nobody but the caller waits for it
   * @return completes normally, with a result or a denial
   */
  CompletionStage<CallOutcome> intercept(
      CallRequest request, ToolHandler handler, ToolPlace place, boolean callerWaits) {
    Executor releaseOn = callerWaits ? Runnable::run : place::executeAnyway;
    Context context = context(request);
    return decide(context, null)
        .thenCompose(
            evaluation -> {
              CallRecords records =
                  recorder.of(
                      context.call,
                      context.columns,
                      evaluation.result(),
                      context.traceId,
                      callerWaits);
              Deny denial = evaluation.denial();
              return denial != null
                  ? refuse(context, evaluation, records, denial, releaseOn)
                  : perform(context, evaluation, records, handler, place, releaseOn);
            });
  }

  /** Whether a rule hides a tool from a principal. */
  boolean isHidden(Principal principal, Plan plan) {
    if (plan.rules().hiding().isEmpty()) {
      return false;
    }
    ToolCall listing =
        new ToolCall("", principal, null, plan.tool(), Json.EMPTY_OBJECT, time.now());
    CallFacts facts = new CallFacts(listing, "", checks, masker, plan.columns());
    return new RuleChecks(facts).hiding(plan.rules().hiding()) != null;
  }

  /** Decides about a call without running it. Takes from quotas what the call would take. */
  CompletionStage<Evaluation> decide(CallRequest request) {
    return decide(context(request), null);
  }

  /** What every check says about a call, without anything coming of it. */
  CompletionStage<Explanation> explain(CallRequest request) {
    Context context = context(request);
    List<CheckAnswer> answers = new ArrayList<>();
    return decide(context, answers)
        .thenApply(
            evaluation ->
                Explanation.of(
                    context.call,
                    recorder
                        .of(context.call, context.columns, evaluation.result(), null, false)
                        .arguments(),
                    shown(evaluation.result()),
                    answers,
                    name -> origin(context, name),
                    masker));
  }

  /** As its caller and its record would show it. */
  private ValidationResult shown(ValidationResult result) {
    Map<String, Object> facts = new LinkedHashMap<>();
    masker
        .scan(Json.of(result.metadata()))
        .masked(Sensitivity.STRICT)
        .object()
        .forEach(
            (name, fact) -> {
              if (fact != null) {
                facts.put(name, fact);
              }
            });
    return new ValidationResult(
        result.decision() instanceof Deny deny ? shown(deny) : result.decision(),
        facts,
        result.trace());
  }

  private String origin(Context context, String check) {
    for (RuleBook.Entry entry : context.rules.onCall()) {
      if (entry.rule().code().name().equals(check)) {
        return entry.rule().origin();
      }
    }
    return checks.origins().getOrDefault(check, "");
  }

  /** Step 1: who calls what, for which tenant. */
  private Context context(CallRequest request) {
    long started = time.nanos();
    try {
      return context(request, started);
    } catch (RuntimeException | StackOverflowError e) {
      // A host's tree of arguments can be anything, even changed by another thread meanwhile.
      LOG.error("A call of {} cannot be read: {}", clipped(request.tool()), FailurePlace.of(e));
      Tool tool = Tool.unknown(request.server(), clipped(request.tool()));
      return new Context(
          new ToolCall(ids.next(), Principal.NOBODY, null, tool, Json.NULL, time.now()),
          Decision.deny(
              DenialCode.POLICY_ERROR,
              "The call cannot be read, so nothing can be decided about it.",
              "Call again; tell an administrator if it stays like this."),
          Sensitivity.STRICT,
          plans.columnsOfUnknownTools(),
          StrictPlaces.NONE,
          RuleBook.ForTool.NONE,
          false,
          request.protocol(),
          request.continues(),
          null,
          started);
    }
  }

  private Context context(CallRequest request, long started) {
    Plan plan = plans.find(request.server(), request.tool());
    Tool tool =
        plan != null ? plan.tool() : Tool.unknown(request.server(), clipped(request.tool()));
    boolean isOversized = checks.argumentSize().isOversized(request.arguments());
    Identity.Resolution who =
        checks.identity().resolve(isOversized ? withoutArguments(request) : request, tool);
    String tenant = who.tenant();
    if (tenant == null) {
      tenant = checks.tenantAccess().onlyTenant(who.principal(), tool);
    }
    // What is oversized is refused in the next step, and not read before.
    Json arguments =
        isOversized
            ? request.arguments()
            : withTenant(checks, presentOrEmpty(request.arguments()), tool, tenant);
    return new Context(
        new ToolCall(ids.next(), who.principal(), tenant, tool, arguments, time.now()),
        who.decision(),
        plan != null ? plan.sensitivity() : Sensitivity.STRICT,
        plan != null ? plan.columns() : plans.columnsOfUnknownTools(),
        plan != null ? plan.strict() : StrictPlaces.NONE,
        plan != null ? plan.rules() : RuleBook.ForTool.NONE,
        plan == null && plans.isQuarantined(request.server(), request.tool()),
        request.protocol(),
        request.continues(),
        TraceId.of(request.meta()),
        started);
  }

  /** Step 2: may it run? The first denial decides, and only what is allowed is charged. */
  private CompletionStage<Evaluation> decide(Context context, @Nullable List<CheckAnswer> answers) {
    CallFacts facts =
        context.rules.isEmpty()
            ? null // nearly every call, and what it does not need is not made
            : new CallFacts(context.call, context.protocol, checks, masker, context.columns);
    RuleChecks ruled = facts == null ? RuleChecks.NONE : new RuleChecks(facts);
    Evaluation evaluation =
        new Evaluation(
                context.call,
                checks,
                context.rules.onCall().size() + checks.rules().size(),
                answers,
                time)
            .add("identity", Mode.ENFORCE, context.identity)
            .check("probing", Mode.ENFORCE, (all, it) -> all.probing().decide(it))
            .check("too_large", Mode.ENFORCE, (all, it) -> all.argumentSize().decideNow(it))
            .check(
                context.quarantined && answers != null ? "quarantined" : "unknown_tool",
                Mode.ENFORCE,
                (all, it) -> known(context, ruled, answers != null))
            .check("schema", Mode.ENFORCE, GovernanceInterceptor::schema)
            .check(
                "rate_limit",
                context.continues ? Mode.OFF : checks.mode(DenialCode.RATE_LIMIT),
                (all, it) -> all.rateLimit().peek(it))
            .check("concurrency", Mode.ENFORCE, (all, it) -> all.concurrency().peek(it))
            .check(
                "rls", checks.mode(DenialCode.RLS), (all, it) -> all.tenantAccess().decideNow(it))
            .check(
                "pii_access",
                checks.mode(DenialCode.PII_ACCESS),
                (all, it) -> all.piiAccess().decideNow(it))
            .check(
                "complexity",
                checks.mode(DenialCode.COMPLEXITY),
                (all, it) -> all.complexity().decideNow(it))
            .check(
                "masked_value",
                checks.mode(DenialCode.MASKED_VALUE),
                (all, it) -> all.writeBack().decideNow(it));
    for (RuleBook.Entry entry : context.rules.onCall()) {
      evaluation.check(
          entry.rule().code().name(), entry.rule().mode(), (all, it) -> ruled.ask(entry));
    }
    return rules(evaluation, 0)
        .thenApply(all -> all.ruled(ruled, facts).charge(quotas(context, ruled)));
  }

  private List<Quota> quotas(Context context, RuleChecks ruled) {
    if (context.continues) {
      return List.of(checks.concurrency()); // it was charged for the rest when it began
    }
    if (ruled.quotas().isEmpty()) {
      return quotas; // nearly every call
    }
    List<Quota> all = new ArrayList<>(quotas);
    all.addAll(ruled.quotas());
    return all;
  }

  private CompletionStage<Evaluation> rules(Evaluation evaluation, int from) {
    for (int i = from; i < checks.rules().size(); i++) {
      Checks.Rule rule = checks.rules().get(i);
      String code = DenialCode.rule(rule.name()).name();
      if (!evaluation.isOpen()) {
        evaluation.skip(code);
        continue;
      }
      CompletableFuture<Decision> answer;
      try {
        answer =
            checks.cache().decide(code, rule.policy(), evaluation.call()).toCompletableFuture();
      } catch (RuntimeException | StackOverflowError e) {
        answer = CompletableFuture.failedFuture(e);
      }
      int next = i + 1;
      CompletableFuture<Evaluation> added =
          (answer.isDone() ? answer : bounded(answer))
              .handle(
                  (decision, failure) ->
                      evaluation.add(code, Mode.ENFORCE, ruled(rule, decision, failure)));
      if (!added.isDone()) {
        return added.thenCompose(ready -> rules(ready, next));
      }
    }
    return CompletableFuture.completedFuture(evaluation);
  }

  /** A rule's denials bear its name, and no answer is a denial. */
  private static Decision ruled(
      Checks.Rule rule, @Nullable Decision decision, @Nullable Throwable failure) {
    if (failure != null || decision == null) {
      return Evaluation.failed(rule.name(), failure);
    }
    return decision instanceof Deny deny
        ? new Deny(
            DenialCode.rule(rule.name()),
            deny.reason(),
            deny.suggestions(),
            deny.retryAfter(),
            deny.metadata())
        : decision;
  }

  private CompletableFuture<Decision> bounded(CompletableFuture<Decision> answer) {
    return answer.copy().orTimeout(checks.ruleTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A denied call: on record where that is possible, and answered in any case. */
  private CompletionStage<CallOutcome> refuse(
      Context context, Evaluation evaluation, CallRecords records, Deny deny, Executor releaseOn) {
    checks.probing().count(context.call, deny);
    ValidationResult validation = evaluation.result();
    Refused refused = refused(context, validation, shown(deny), Executed.NO);
    return records
        .denied(refused.denial(), overheadMicros(context, 0))
        .handleAsync(
            (kept, failure) -> {
              if (failure != null) {
                LOG.error(
                    "The denial {} could not be put on record: {}",
                    context.call.id(),
                    FailurePlace.of(failure));
              }
              return refused;
            },
            releaseOn);
  }

  /** Steps 3 to 7 of an allowed call. */
  private CompletionStage<CallOutcome> perform(
      Context context,
      Evaluation evaluation,
      CallRecords records,
      ToolHandler handler,
      ToolPlace place,
      Executor releaseOn) {
    ValidationResult validation = evaluation.result();
    CompletableFuture<Run> ran = new CompletableFuture<>();
    // Before anything can run: the tool's thread masks, never the log's or the caller's.
    CompletionStage<CallOutcome> outcome =
        ran.thenCompose(
            run ->
                conclude(
                    context,
                    validation,
                    records,
                    mask(context, evaluation, handler, run),
                    releaseOn));
    records
        .attempt()
        .whenComplete(
            (kept, failure) -> {
              if (failure == null) {
                runner.start(
                    context.call,
                    handler,
                    value -> interim(context, evaluation.ruled(), value),
                    place,
                    evaluation.permit(),
                    timeout,
                    ran);
              } else {
                runner.skip(place, evaluation.permit(), ran, unrecorded());
              }
            });
    return outcome;
  }

  /** Step 5: nothing of a result goes on unless all of it could be masked. */
  private Ending mask(Context context, Evaluation evaluation, ToolHandler handler, Run run) {
    ValidationResult validation = evaluation.result();
    ToolResult result = run.result();
    if (result == null) {
      return withheld(context, validation, run, 0, run.failure(), ResultChecks.NONE);
    }
    int rawBytes = 0;
    ResultChecks checked = ResultChecks.NONE;
    try {
      rawBytes = result.value().utf8().length;
      if (rawBytes > resultBytesMax) {
        return withheld(context, validation, run, rawBytes, tooLarge(), checked);
      }
      RuleChecks ruled = evaluation.ruled();
      Scan scan = scan(context, ruled, result.value());
      if (!context.rules.onResult().isEmpty()) {
        Set<String> kinds = Set.copyOf(ruled.kinds());
        evaluation.facts().with(new RuleFacts.Result(rawBytes, scan.counts(), result.isError()));
        checked = ResultChecks.ask(context.rules.onResult(), ruled);
        if (checked.denial() != null) {
          return withheld(context, validation, run, rawBytes, checked.denial(), checked);
        }
        scan = kinds.equals(ruled.kinds()) ? scan : scan(context, ruled, result.value());
      }
      Map<String, Integer> binaries = scan.unscanned().binaries();
      if (!binaries.isEmpty()
          && unscannedBinary == UnscannedBinary.DENY
          && checks.piiAccess().readsPii(context.call.tool())) {
        return withheld(
            context, validation, run, rawBytes, cannotBeSearched(binaries.keySet()), checked);
      }
      Fitted fitted = fitted(scan, level(context, ruled), handler);
      Json masked = fitted.value();
      String misfit = fitted.problem();
      if (misfit == null && (scan.isClean() || !fitted.isPlain())) {
        misfit = handler.misfit(masked);
      }
      return misfit != null
          ? withheld(context, validation, run, rawBytes, cannotHoldMask(misfit), checked)
          : new Ending(
              run,
              rawBytes,
              new Released(context.call.id(), validation, masked, result.isError()),
              scan,
              checked);
    } catch (RuntimeException | Error e) { // a detector of the host's own may throw anything
      LOG.error(
          "The result of call {} could not be masked: {}", context.call.id(), FailurePlace.of(e));
      return withheld(context, validation, run, rawBytes, notMasked(), checked);
    }
  }

  /** What a tool says before its result is no way around the masking of it. */
  private Json interim(Context context, RuleChecks ruled, Json value) {
    return scan(context, ruled, value).masked(level(context, ruled));
  }

  private static Sensitivity level(Context context, RuleChecks ruled) {
    return ruled.isStrict() ? Sensitivity.STRICT : context.sensitivity;
  }

  private Scan scan(Context context, RuleChecks ruled, Json result) {
    Scan scan = maskers.with(ruled.kinds()).scan(result, context.columns);
    return context.strict.isEmpty() || context.sensitivity == Sensitivity.STRICT
        ? scan
        : scan.strictAt(context.strict);
  }

  /** What was found is masked so that the caller can still read the result as it was promised. */
  private static Fitted fitted(Scan scan, Sensitivity level, ToolHandler handler) {
    return scan.isClean()
        ? new Fitted(scan.masked(level), true, List.of())
        : scan.fitted(level, handler::misfits);
  }

  /** Steps 6 and 7: the outcome goes on record, and only then out. */
  private CompletionStage<CallOutcome> conclude(
      Context context,
      ValidationResult validation,
      CallRecords records,
      Ending ending,
      Executor releaseOn) {
    long overheadMicros = overheadMicros(context, ending.run.nanos());
    CompletionStage<Receipt> kept =
        ending.outcome instanceof Released released && ending.scan != null
            ? records.released(
                released,
                ending.scan,
                ending.run,
                ending.rawBytes,
                ending.checked.trace(),
                overheadMicros)
            : records.withheld(
                ((Refused) ending.outcome).denial(),
                ending.run,
                ending.rawBytes,
                ending.checked.trace(),
                overheadMicros);
    return kept.handleAsync(
        (receipt, failure) ->
            failure == null
                ? ending.outcome
                // In words of ours, which nobody needs to mask: this may be the log's thread.
                : refused(context, validation, unrecorded(), ending.run.executed()),
        releaseOn);
  }

  private Ending withheld(
      Context context,
      ValidationResult validation,
      Run run,
      int rawBytes,
      Deny denial,
      ResultChecks checked) {
    return new Ending(
        run, rawBytes, refused(context, validation, shown(denial), run.executed()), null, checked);
  }

  private static Refused refused(
      Context context, ValidationResult validation, Deny shown, Executed executed) {
    return new Refused(
        validation,
        new Denial(
            shown.code(),
            shown.reason(),
            shown.suggestions(),
            shown.retryAfter(),
            executed,
            context.call.id()));
  }

  /** Reasons come from policies and schemas, which may quote arguments: they are masked as well. */
  private Deny shown(Deny deny) {
    return new Deny(
        deny.code(),
        shown(deny.reason()),
        deny.suggestions().stream().limit(SUGGESTIONS_MAX).map(this::shown).toList(),
        deny.retryAfter(),
        deny.metadata());
  }

  private String shown(String sentence) {
    String masked;
    try {
      masked = masker.mask(sentence, Sensitivity.STRICT);
    } catch (RuntimeException | Error e) { // a detector of the host's own may throw anything
      LOG.error("A reason could not be masked, so it is withheld: {}", FailurePlace.of(e));
      return UNMASKED;
    }
    return masked.length() <= SENTENCE_CHARS
        ? masked
        : masked.substring(0, SENTENCE_CHARS) + " ...";
  }

  private long overheadMicros(Context context, long toolNanos) {
    return (time.nanos() - context.startedNanos - toolNanos) / 1_000;
  }

  private static String clipped(String name) {
    return name.length() <= TOOL_NAME_CHARS ? name : name.substring(0, TOOL_NAME_CHARS);
  }

  private static CallRequest withoutArguments(CallRequest request) {
    return new CallRequest(
        request.server(), request.tool(), Json.NULL, request.meta(), request.principal());
  }

  private static Json presentOrEmpty(Json arguments) {
    try {
      return arguments.isNull() ? Json.EMPTY_OBJECT : arguments;
    } catch (MalformedJsonException e) {
      return arguments; // the size check will say what is wrong
    }
  }

  /** A tool that asks for a tenant is told the one the call works for, if the arguments do not. */
  private static Json withTenant(
      Checks checks, Json arguments, Tool tool, @Nullable String tenant) {
    String parameter = tenant == null ? null : checks.tenantAccess().tenantParameter(tool);
    try {
      if (parameter == null
          || !(arguments.tree() instanceof Map<?, ?> members)
          || members.containsKey(parameter)) {
        return arguments;
      }
      Map<String, @Nullable Object> completed = new LinkedHashMap<>(arguments.object());
      completed.put(parameter, tenant);
      return Json.of(completed);
    } catch (MalformedJsonException e) {
      return arguments;
    }
  }

  /**
   * A tool that is hidden or in quarantine is answered like one that does not exist. The record
   * knows better, and so does whoever asks for an explanation.
   */
  private static Decision known(Context context, RuleChecks ruled, boolean explaining) {
    if (context.quarantined) {
      return explaining
          ? QUARANTINED
          : UNKNOWN_TOOL.with(Map.of("hidden_by", DenialCode.QUARANTINED.name()));
    }
    if (!context.call.tool().isKnown()) {
      return UNKNOWN_TOOL;
    }
    RuleBook.Entry hiding = ruled.hiding(context.rules.hiding());
    return hiding == null
        ? Decision.allow()
        : UNKNOWN_TOOL.with(Map.of("hidden_by", hiding.rule().code().name()));
  }

  private static Decision schema(Checks checks, ToolCall call) {
    Json arguments = call.arguments();
    if (call.tenant() == null && checks.isOn(DenialCode.RLS)) {
      // If only the tenant is missing, tenant access shall say so: it can name those to choose
      // from.
      String any = checks.tenantAccess().anyTenant(call);
      arguments = withTenant(checks, arguments, call.tool(), any);
    }
    String problem = call.tool().argumentCheck().problem(arguments);
    return problem == null
        ? Decision.allow()
        : Decision.deny(
            DenialCode.SCHEMA,
            "The arguments do not fit the tool's input schema: " + problem + ".",
            "Read the tool's input schema and call again with arguments that fit it.");
  }

  private static Deny unrecorded() {
    return Decision.deny(
        DenialCode.AUDIT_UNAVAILABLE,
        "The audit log cannot be written, and nothing may happen off the record.",
        "Try again in a minute; tell an administrator if it stays like this.");
  }

  private Deny tooLarge() {
    return Decision.deny(
        DenialCode.RESULT_TOO_LARGE,
        "The result is larger than " + resultBytesMax + " bytes.",
        "Ask for less at once: fewer rows, fewer fields, or a page at a time.");
  }

  private static Deny notMasked() {
    return Decision.deny(
        DenialCode.MASKING_FAILED,
        "The result could not be masked, so it is withheld.",
        "Do not call again without need: the tool has run. Tell an administrator.");
  }

  private static Deny cannotBeSearched(Set<String> types) {
    return new Deny(
        DenialCode.MASKING_FAILED,
        "The result holds a binary that cannot be searched for personal data ("
            + String.join(", ", types)
            + "), so it is withheld.",
        List.of(
            "Ask for the same as text, JSON or CSV.",
            "Do not call again without need: the tool has run. Tell an administrator, who can let"
                + " such binaries pass."),
        null,
        Map.of());
  }

  private static Deny cannotHoldMask(String misfit) {
    return Decision.deny(
        DenialCode.MASKING_FAILED,
        "The masked result no longer fits what the tool promises, so it is withheld: "
            + misfit
            + ".",
        "Do not call again without need: the tool has run. Tell an administrator that its output"
            + " schema leaves no room for masked values.");
  }
}
