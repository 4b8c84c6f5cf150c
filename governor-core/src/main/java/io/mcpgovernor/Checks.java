package io.mcpgovernor;

import io.mcpgovernor.policy.ArgumentSize;
import io.mcpgovernor.policy.Complexity;
import io.mcpgovernor.policy.Concurrency;
import io.mcpgovernor.policy.DecisionCache;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Identity;
import io.mcpgovernor.policy.PiiAccess;
import io.mcpgovernor.policy.Policy;
import io.mcpgovernor.policy.Probing;
import io.mcpgovernor.policy.RateLimit;
import io.mcpgovernor.policy.TenantAccess;
import io.mcpgovernor.policy.WriteBack;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The policies of one engine. What they are, not in which order they are asked: that is {@link
 * GovernanceInterceptor}'s.
 *
 * @param cache remembers what cacheable rules said
 * @param rules the host's own rules
 * @param ruleTimeout how long a rule may take to answer
 * @param off what the operator switched off
 */
record Checks(
    Identity identity,
    Probing probing,
    ArgumentSize argumentSize,
    RateLimit rateLimit,
    Concurrency concurrency,
    TenantAccess tenantAccess,
    PiiAccess piiAccess,
    Complexity complexity,
    WriteBack writeBack,
    DecisionCache cache,
    List<Rule> rules,
    Duration ruleTimeout,
    Set<DenialCode> off) {

  /**
   * A rule of the host's own.
   *
   * @param name unique; its denials are {@code rule:} and this name
   */
  record Rule(String name, Policy policy) {}

  boolean isOn(DenialCode code) {
    return !off.contains(code);
  }
}
