package io.mcpgovernor;

import io.mcpgovernor.policy.Decision;
import io.mcpgovernor.policy.Decision.Deny;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.RuleBook;
import io.mcpgovernor.policy.Trace;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules about a result said.
 *
 * @param denial the first denial, for which the result is withheld; null if there is none
 * @param trace each rule in order; null if there are none about this tool
 */
record ResultChecks(@Nullable Deny denial, @Nullable Trace trace) {
  /** There are none. */
  static final ResultChecks NONE = new ResultChecks(null, null);

  /**
   * Asks the rules about a result.
   *
   * @param ruled knows the facts, those of the result among them, and takes what is to be masked
   */
  static ResultChecks ask(List<RuleBook.Entry> rules, RuleChecks ruled) {
    if (rules.isEmpty()) {
      return NONE;
    }
    Trace trace = new Trace(rules.size());
    Deny denial = null;
    for (RuleBook.Entry entry : rules) {
      String code = entry.rule().code().name();
      if (denial != null) {
        trace.note(code, Verdict.NOT_EVALUATED, 0);
        continue;
      }
      long started = System.nanoTime();
      Decision decision = ruled.ask(entry);
      boolean counts = entry.rule().mode() == Mode.ENFORCE;
      trace.note(
          code,
          decision.isAllowed() ? Verdict.ALLOWED : counts ? Verdict.DENIED : Verdict.SHADOW,
          (System.nanoTime() - started) / 1_000);
      if (counts && decision instanceof Deny deny) {
        denial = deny;
      }
    }
    return new ResultChecks(denial, trace);
  }
}
