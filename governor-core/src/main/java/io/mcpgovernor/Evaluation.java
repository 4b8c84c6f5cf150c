package io.mcpgovernor;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Facts;
import io.mcpgovernor.policy.Permit;
import io.mcpgovernor.policy.Quota;
import io.mcpgovernor.policy.Trace;
import io.mcpgovernor.policy.ValidationResult;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of one call as they are asked, one after the other. After the first denial nothing
 * more is asked; a check that throws is a denial. Not thread-safe.
 */
final class Evaluation {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);

  /** How many there are besides the host's rules. */
  private static final int OWN_CHECKS = 12;

  private final ToolCall call;
  private final Checks checks;
  private final TimeSource time;
  private final Trace trace;
  private final List<Decision> withFacts = new ArrayList<>(4);
  private long lastNanos;
  private @Nullable Deny denial;
  private @Nullable Permit permit;

  Evaluation(ToolCall call, Checks checks, TimeSource time) {
    this.call = call;
    this.checks = checks;
    this.trace = new Trace(OWN_CHECKS + checks.rules().size());
    this.time = time;
    this.lastNanos = time.nanos();
  }

  /**
   * Asks one check, unless the call is denied already or the check is switched off.
   *
   * @param check given the checks, so that asking a dozen of them makes no object for any
   */
  Evaluation check(String name, boolean isOn, BiFunction<Checks, ToolCall, Decision> check) {
    if (denial != null || !isOn) {
      trace.note(name, Verdict.NOT_EVALUATED, 0);
      return this;
    }
    Decision decision;
    try {
      decision = check.apply(checks, call);
    } catch (RuntimeException | StackOverflowError e) {
      decision = failed(name, e);
    }
    return add(name, decision);
  }

  /** Takes down what a check said that was asked elsewhere, after the one before. */
  Evaluation add(String name, Decision decision) {
    long now = time.nanos();
    trace.note(
        name, decision.isAllowed() ? Verdict.ALLOWED : Verdict.DENIED, (now - lastNanos) / 1_000);
    lastNanos = now;
    if (!decision.metadata().isEmpty()) {
      withFacts.add(decision);
    }
    if (decision instanceof Deny deny) {
      denial = deny;
    }
    return this;
  }

  /**
   * Takes all quotas or none, as the last check: what is denied for another reason costs nothing.
   */
  Evaluation charge(List<? extends Quota> quotas) {
    return check(
        "charge",
        true,
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
