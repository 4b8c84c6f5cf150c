package io.mcpgovernor;

import io.mcpgovernor.policy.ArgumentSize;
import io.mcpgovernor.policy.Complexity;
import io.mcpgovernor.policy.Concurrency;
import io.mcpgovernor.policy.DecisionCache;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Identity;
import io.mcpgovernor.policy.PiiAccess;
import io.mcpgovernor.policy.Policy;
import io.mcpgovernor.policy.Probing;
import io.mcpgovernor.policy.RateLimit;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.RuleBook;
import io.mcpgovernor.policy.TenantAccess;
import io.mcpgovernor.policy.WriteBack;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The policies of one engine. What they are, not in which order they are asked: that is {@link
 * GovernanceInterceptor}'s.
 *
 * @param ruleBook the operator's rules
 * @param cache remembers what cacheable rules of the host said
 * @param rules the host's own rules
 * @param ruleTimeout how long a rule of the host may take to answer
 * @param modes what the operator switched off or only watches; all others count
 * @param origins where the settings of checks are written, by the checks' codes
 */
record Checks(
    Grants grants,
    Identity identity,
    Probing probing,
    ArgumentSize argumentSize,
    RateLimit rateLimit,
    Concurrency concurrency,
    TenantAccess tenantAccess,
    PiiAccess piiAccess,
    Complexity complexity,
    WriteBack writeBack,
    RuleBook ruleBook,
    DecisionCache cache,
    List<Rule> rules,
    Duration ruleTimeout,
    Map<DenialCode, Mode> modes,
    Map<String, String> origins) {

  /**
   * A rule of the host's own.
   *
   * @param name unique; its denials are {@code rule:} and this name
   */
  record Rule(String name, Policy policy) {}

  Mode mode(DenialCode code) {
    return modes.getOrDefault(code, Mode.ENFORCE);
  }

  boolean isOn(DenialCode code) {
    return mode(code) == Mode.ENFORCE;
  }
}
