package io.mcpgovernor;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Facts;
import io.mcpgovernor.policy.Permit;
import io.mcpgovernor.policy.Quota;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Trace;
import io.mcpgovernor.policy.ValidationResult;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of one call as they are asked, one after the other. After the first denial nothing
 * more is asked, unless all that there is to say is to be explained; a check that throws is a
 * denial. What a check says that only watches is taken down, and nothing comes of it. Not
 * thread-safe.
 */
final class Evaluation {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);

  /** The fact that says which rules' limits a call counts for. */
  static final String CHARGED = "charged_rules";

  /** How many there are besides rules. */
  private static final int OWN_CHECKS = 12;

  /** After these denials nothing else can be said of a call. */
  private static final Set<DenialCode> ENDING =
      Set.of(
          DenialCode.IDENTITY,
          DenialCode.TOO_LARGE,
          DenialCode.UNKNOWN_TOOL,
          DenialCode.QUARANTINED,
          DenialCode.SCHEMA);

  /**
   * What one check said.
   *
   * @param nanos how long it took
   */
  record CheckAnswer(String name, Verdict verdict, Decision decision, long nanos) {}

  private final ToolCall call;
  private final Checks checks;
  private final TimeSource time;
  private final Trace trace;
  private final List<Decision> withFacts = new ArrayList<>(4);
  private final @Nullable List<CheckAnswer> answers;
  private long lastNanos;
  private @Nullable Deny denial;
  private @Nullable Permit permit;
  private @Nullable RuleChecks ruled;
  private @Nullable CallFacts facts;

  /**
   * Nothing was asked yet.
   *
   * @param rules how many rules will be asked
   * @param answers takes all that is said, to explain it; null where nobody wants to know
   */
  Evaluation(
      ToolCall call,
      Checks checks,
      int rules,
      @Nullable List<CheckAnswer> answers,
      TimeSource time) {
    this.call = call;
    this.checks = checks;
    this.trace = new Trace(OWN_CHECKS + rules);
    this.answers = answers;
    this.time = time;
    this.lastNanos = time.nanos();
  }

  /**
   * Asks one check, unless the call is denied already or the check is switched off.
   *
   * @param check given the checks, so that asking a dozen of them makes no object for any
   */
  Evaluation check(String name, Mode mode, BiFunction<Checks, ToolCall, Decision> check) {
    if (mode == Mode.OFF || !isOpen()) {
      return skip(name);
    }
    Decision decision;
    try {
      decision = check.apply(checks, call);
    } catch (RuntimeException | StackOverflowError e) {
      if (answers != null && e instanceof UnknowableException unknowable) {
        throw unknowable; // there is nothing to explain
      }
      decision = failed(name, e);
    }
    return add(name, mode, decision);
  }

  /** Takes down that a check was not asked. */
  Evaluation skip(String name) {
    trace.note(name, Verdict.NOT_EVALUATED, 0);
    return this;
  }

  /** Takes down what a check said that was asked elsewhere, after the one before. */
  Evaluation add(String name, Mode mode, Decision decision) {
    long now = time.nanos();
    Verdict verdict =
        decision.isAllowed()
            ? Verdict.ALLOWED
            : mode == Mode.SHADOW ? Verdict.SHADOW : Verdict.DENIED;
    long nanos = now - lastNanos;
    trace.note(name, verdict, nanos / 1_000);
    lastNanos = now;
    if (answers != null) {
      answers.add(new CheckAnswer(name, verdict, decision, nanos));
    }
    if (!decision.metadata().isEmpty()) {
      withFacts.add(decision);
    }
    if (denial == null && verdict == Verdict.DENIED) {
      denial = (Deny) decision;
    }
    return this;
  }

  /** Whether more is to be asked: a call whose arguments or tool make no sense is not explained. */
  boolean isOpen() {
    return denial == null || (answers != null && !ENDING.contains(denial.code()));
  }

  /**
   * Takes all quotas or none, as the last check: what is denied for another reason costs nothing.
   */
  Evaluation charge(List<? extends Quota> quotas) {
    if (answers != null) {
      return skip("charge");
    }
    return check(
        "charge",
        Mode.ENFORCE,
        (known, toCharge) -> {
          Quota.Acquired acquired = Quota.acquireAll(quotas, toCharge);
          if (acquired instanceof Permit taken) {
            permit = taken;
            return Decision.allow();
          }
          return (Deny) acquired;
        });
  }

  /** A policy that fails denies: nobody knows what it would have said. */
  static Deny failed(String name, @Nullable Throwable cause) {
    LOG.error(
        "The policy {} failed, so the call is denied: {}",
        name,
        cause == null ? "it gave no answer" : FailurePlace.of(cause));
    return Decision.deny(
        DenialCode.POLICY_ERROR,
        "A policy could not decide about this call, so it is not allowed.",
        "Tell an administrator: the server's log says what went wrong in the policy.");
  }

  /** Takes down what rules ask for beside denials, and what they know of the call. */
  Evaluation ruled(RuleChecks ruled, @Nullable CallFacts facts) {
    this.ruled = ruled;
    this.facts = facts;
    if (!ruled.charged().isEmpty()) {
      withFacts.add(Decision.allow(Map.of(CHARGED, List.copyOf(ruled.charged()))));
    }
    return this;
  }

  /** What rules ask for beside denials; only once all of them were asked. */
  RuleChecks ruled() {
    return Objects.requireNonNull(ruled);
  }

  /** What rules know of the call; only once all of them were asked. */
  CallFacts facts() {
    return Objects.requireNonNull(facts);
  }

  ToolCall call() {
    return call;
  }

  @Nullable Deny denial() {
    return denial;
  }

  /** What was taken by {@link #charge}, or null. */
  @Nullable Permit permit() {
    return permit;
  }

  ValidationResult result() {
    Deny denied = denial;
    return new ValidationResult(
        denied != null ? denied : Decision.allow(), Facts.of(withFacts), trace);
  }
}
