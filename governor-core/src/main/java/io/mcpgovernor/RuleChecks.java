package io.mcpgovernor;

import io.mcpgovernor.policy.Condition.FailedException;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.Quota;
import io.mcpgovernor.policy.RateLimit;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.RuleBook;
import io.mcpgovernor.policy.RuleFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the rules about one call said, as they are asked one after the other. A rule that cannot be
 * worked out denies. Not thread-safe.
 */
final class RuleChecks {
  private static final Logger LOG = LoggerFactory.getLogger(RuleChecks.class);

  /** There are no rules about the call, so nobody asks. */
  static final RuleChecks NONE = new RuleChecks(null);

  private final @Nullable RuleFacts facts;
  private final List<Quota> quotas = new ArrayList<>(2);
  private final List<String> charged = new ArrayList<>(2);
  private final Set<String> kinds = new TreeSet<>();
  private boolean strict;

  /**
   * Nothing was asked yet.
   *
   * @param facts of the call; null if nobody will ask
   */
  RuleChecks(@Nullable RuleFacts facts) {
    this.facts = facts;
  }

  /**
   * What one rule says. What it asks for beside a denial is remembered, if it counts.
   *
   * @throws UnknowableException if that depends on something nobody knows any more
   */
  Decision ask(RuleBook.Entry entry) {
    Rule rule = entry.rule();
    try {
      return rule.when().holds(facts()) ? effect(rule, entry.limit()) : Decision.allow();
    } catch (UnknowableException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      return failed(rule, e);
    }
  }

  private Decision effect(Rule rule, @Nullable RateLimit limit) {
    boolean counts = rule.mode() == Mode.ENFORCE;
    if (rule.effect() instanceof Effect.Refuse refuse) {
      return new Deny(
          rule.code(), refuse.reason().apply(facts()), refuse.suggestions(), null, Map.of());
    }
    if (limit != null) {
      quotas.add(counts ? limit : Quota.lenient(limit));
      charged.add(rule.name());
      return limit.peek(facts().call()) instanceof Deny full ? full : Decision.allow();
    }
    if (rule.effect() instanceof Effect.Mask mask && counts) {
      strict |= mask.strict();
      kinds.addAll(mask.kinds());
    }
    return Decision.allow();
  }

  /** Whether a rule that counts hides the tool; one that fails does. */
  RuleBook.@Nullable Entry hiding(List<RuleBook.Entry> hiding) {
    for (RuleBook.Entry entry : hiding) {
      if (entry.rule().mode() != Mode.ENFORCE) {
        continue;
      }
      try {
        if (entry.rule().when().holds(facts())) {
          return entry;
        }
      } catch (RuntimeException | StackOverflowError e) {
        LOG.warn(
            "{} could not be worked out, so it hides {}: {}",
            described(entry.rule()),
            facts().call().tool(),
            problem(e));
        return entry;
      }
    }
    return null;
  }

  private RuleFacts facts() {
    return Objects.requireNonNull(facts);
  }

  /** What limits of rules take when the call is charged. */
  List<Quota> quotas() {
    return quotas;
  }

  /** The rules behind {@link #quotas}, for the record: windows are rebuilt from it. */
  List<String> charged() {
    return charged;
  }

  /** Whether the result is masked strictly. */
  boolean isStrict() {
    return strict;
  }

  /** Kinds of PII that are masked in the result beside the usual ones. */
  Set<String> kinds() {
    return kinds;
  }

  private static Deny failed(Rule rule, Throwable cause) {
    String problem = problem(cause);
    LOG.warn("{} could not be worked out, so it denies: {}", described(rule), problem);
    return new Deny(
        rule.code(),
        "The rule " + rule.name() + " could not be worked out for this call, so it is not allowed.",
        List.of(
            "Pass every argument that the tool's input schema describes, then call again.",
            "Tell an administrator: the server's log says what the rule stumbled over."),
        null,
        Map.of("rule_error", problem));
  }

  /** Messages of foreign code may quote arguments. */
  private static String problem(Throwable cause) {
    String message = cause instanceof FailedException ? cause.getMessage() : null;
    return message != null ? message : FailurePlace.of(cause);
  }

  private static String described(Rule rule) {
    return "The rule " + rule.name() + (rule.origin().isEmpty() ? "" : " (" + rule.origin() + ")");
  }
}
