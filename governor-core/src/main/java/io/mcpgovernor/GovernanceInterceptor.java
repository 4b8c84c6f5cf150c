package io.mcpgovernor;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.Recorder.CallRecords;
import io.mcpgovernor.ToolCatalogue.Entry;
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
import io.mcpgovernor.policy.ValidationResult;
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
 * the tool runs on the engine's threads; masking happens where the tool's answer arrived.
 */
final class GovernanceInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(GovernanceInterceptor.class);
  private static final int TOOL_NAME_CHARS = 128;
  private static final int SENTENCE_CHARS = 1_000;
  private static final int SUGGESTIONS_MAX = 10;
  private static final String UNMASKED =
      "It could not be masked, so it is withheld; tell an administrator.";

  private final ToolCatalogue catalogue;
  private final Checks checks;
  private final Recorder recorder;
  private final ToolRunner runner;
  private final Masker masker;
  private final UnscannedBinary unscannedBinary;
  private final int resultBytesMax;
  private final TimeSource time;
  private final CallIds ids = new CallIds();
  private final List<Quota> quotas;

  GovernanceInterceptor(
      ToolCatalogue catalogue,
      Checks checks,
      Recorder recorder,
      ToolRunner runner,
      Masker masker,
      UnscannedBinary unscannedBinary,
      int resultBytesMax,
      TimeSource time) {
    this.catalogue = catalogue;
    this.checks = checks;
    this.recorder = recorder;
    this.runner = runner;
    this.masker = masker;
    this.unscannedBinary = unscannedBinary;
    this.resultBytesMax = resultBytesMax;
    this.time = time;
    this.quotas =
        checks.isOn(DenialCode.RATE_LIMIT)
            ? List.of(checks.concurrency(), checks.rateLimit())
            : List.of(checks.concurrency());
  }

  /** A call with everything the steps need to know of it. */
  private record Context(
      ToolCall call,
      Decision identity,
      Sensitivity sensitivity,
      Columns columns,
      StrictPlaces strict,
      @Nullable String traceId,
      long startedNanos) {}

  /** What a run came to: a result to release, or a denial. */
  private record Ending(Run run, int rawBytes, CallOutcome outcome, @Nullable Scan scan) {}

  /**
   * Takes one call through all steps.
   *
   * @param releaseOn runs the last step; the caller's own continuation may run there too, so it
   *     must not be a thread that others wait for
   * @return completes normally, with a result or a denial
   */
  CompletionStage<CallOutcome> intercept(
      CallRequest request, ToolHandler handler, Executor releaseOn) {
    Context context = context(request);
    return decide(context)
        .thenCompose(
            evaluation -> {
              Deny denial = evaluation.denial();
              return denial != null
                  ? refuse(context, evaluation, denial, releaseOn)
                  : perform(context, evaluation, handler, releaseOn);
            });
  }

  /** Decides about a call without running it. Takes from quotas what the call would take. */
  CompletionStage<Evaluation> decide(CallRequest request) {
    return decide(context(request));
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
          catalogue.columnsOfUnknownTools(),
          StrictPlaces.NONE,
          null,
          started);
    }
  }

  private Context context(CallRequest request, long started) {
    Entry entry = catalogue.find(request.server(), request.tool());
    Tool tool =
        entry != null ? entry.tool() : Tool.unknown(request.server(), clipped(request.tool()));
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
        entry != null ? entry.sensitivity() : Sensitivity.STRICT,
        entry != null ? entry.columns() : catalogue.columnsOfUnknownTools(),
        entry != null ? entry.strict() : StrictPlaces.NONE,
        TraceId.of(request.meta()),
        started);
  }

  /** Step 2: may it run? The first denial decides, and only what is allowed is charged. */
  private CompletionStage<Evaluation> decide(Context context) {
    ToolCall call = context.call;
    Evaluation evaluation =
        new Evaluation(call, checks, time)
            .add("identity", context.identity)
            .check("probing", true, (all, it) -> all.probing().decide(it))
            .check("too_large", true, (all, it) -> all.argumentSize().decideNow(it))
            .check("unknown_tool", true, (all, it) -> known(it))
            .check("schema", true, GovernanceInterceptor::schema)
            .check(
                "rate_limit",
                checks.isOn(DenialCode.RATE_LIMIT),
                (all, it) -> all.rateLimit().peek(it))
            .check("concurrency", true, (all, it) -> all.concurrency().peek(it))
            .check(
                "rls", checks.isOn(DenialCode.RLS), (all, it) -> all.tenantAccess().decideNow(it))
            .check(
                "pii_access",
                checks.isOn(DenialCode.PII_ACCESS),
                (all, it) -> all.piiAccess().decideNow(it))
            .check(
                "complexity",
                checks.isOn(DenialCode.COMPLEXITY),
                (all, it) -> all.complexity().decideNow(it))
            .check(
                "masked_value",
                checks.isOn(DenialCode.MASKED_VALUE),
                (all, it) -> all.writeBack().decideNow(it));
    return rules(evaluation, 0).thenApply(ruled -> ruled.charge(quotas));
  }

  private CompletionStage<Evaluation> rules(Evaluation evaluation, int from) {
    for (int i = from; i < checks.rules().size(); i++) {
      Checks.Rule rule = checks.rules().get(i);
      String code = DenialCode.rule(rule.name()).name();
      if (evaluation.denial() != null) {
        evaluation.check(code, false, (all, it) -> Decision.allow());
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
              .handle((decision, failure) -> evaluation.add(code, ruled(rule, decision, failure)));
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
      Context context, Evaluation evaluation, Deny deny, Executor releaseOn) {
    checks.probing().count(context.call, deny);
    ValidationResult validation = evaluation.result();
    Refused refused = refused(context, validation, shown(deny), Executed.NO);
    return recorder
        .of(context.call, context.columns, validation, context.traceId)
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
      Context context, Evaluation evaluation, ToolHandler handler, Executor releaseOn) {
    ValidationResult validation = evaluation.result();
    CallRecords records = recorder.of(context.call, context.columns, validation, context.traceId);
    CompletableFuture<Run> ran = new CompletableFuture<>();
    // Before anything can run: the tool's thread masks, never the log's or the caller's.
    CompletionStage<CallOutcome> outcome =
        ran.thenCompose(
            run ->
                conclude(
                    context,
                    validation,
                    records,
                    mask(context, validation, handler, run),
                    releaseOn));
    records
        .attempt()
        .whenComplete(
            (kept, failure) -> {
              if (failure == null) {
                runner.start(context.call, handler, evaluation.permit(), ran);
              } else {
                runner.skip(evaluation.permit(), ran, unrecorded());
              }
            });
    return outcome;
  }

  /** Step 5: nothing of a result goes on unless all of it could be masked. */
  private Ending mask(Context context, ValidationResult validation, ToolHandler handler, Run run) {
    ToolResult result = run.result();
    if (result == null) {
      return withheld(context, validation, run, 0, run.failure());
    }
    int rawBytes = 0;
    try {
      rawBytes = result.value().utf8().length;
      if (rawBytes > resultBytesMax) {
        return withheld(context, validation, run, rawBytes, tooLarge());
      }
      Scan scan = scan(context, result.value());
      Map<String, Integer> binaries = scan.unscanned().binaries();
      if (!binaries.isEmpty()
          && unscannedBinary == UnscannedBinary.DENY
          && checks.piiAccess().readsPii(context.call.tool())) {
        return withheld(context, validation, run, rawBytes, cannotBeSearched(binaries.keySet()));
      }
      Fitted fitted = fitted(scan, context.sensitivity, handler);
      Json masked = fitted.value();
      String misfit = fitted.problem();
      if (misfit == null && (scan.isClean() || !fitted.isPlain())) {
        misfit = handler.misfit(masked);
      }
      return misfit != null
          ? withheld(context, validation, run, rawBytes, cannotHoldMask(misfit))
          : new Ending(
              run,
              rawBytes,
              new Released(context.call.id(), validation, masked, result.isError()),
              scan);
    } catch (RuntimeException | Error e) { // a detector of the host's own may throw anything
      LOG.error(
          "The result of call {} could not be masked: {}", context.call.id(), FailurePlace.of(e));
      return withheld(context, validation, run, rawBytes, notMasked());
    }
  }

  private Scan scan(Context context, Json result) {
    Scan scan = masker.scan(result, context.columns);
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
            ? records.released(released, ending.scan, ending.run, ending.rawBytes, overheadMicros)
            : records.withheld(
                ((Refused) ending.outcome).denial(), ending.run, ending.rawBytes, overheadMicros);
    return kept.handleAsync(
        (receipt, failure) ->
            failure == null
                ? ending.outcome
                // In words of ours, which nobody needs to mask: this may be the log's thread.
                : refused(context, validation, unrecorded(), ending.run.executed()),
        releaseOn);
  }

  private Ending withheld(
      Context context, ValidationResult validation, Run run, int rawBytes, Deny denial) {
    return new Ending(
        run, rawBytes, refused(context, validation, shown(denial), run.executed()), null);
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

  private static Decision known(ToolCall call) {
    return call.tool().isKnown()
        ? Decision.allow()
        : Decision.deny(
            DenialCode.UNKNOWN_TOOL,
            "There is no tool of this name.",
            "Ask for the list of tools and call one of them.");
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
