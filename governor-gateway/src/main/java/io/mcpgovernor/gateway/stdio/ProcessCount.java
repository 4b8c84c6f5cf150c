package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.relay.UpstreamException;
import java.util.HashMap;
import java.util.Map;

/** How many processes run, in all and of each principal. Thread-safe. */
final class ProcessCount {
  private final int max;
  private final int perPrincipalMax;
  private final ChildFailures failures;
  private final Map<String, Integer> ofPrincipals = new HashMap<>();
  private int all;

  ProcessCount(int max, int perPrincipalMax, ChildFailures failures) {
    this.max = max;
    this.perPrincipalMax = perPrincipalMax;
    this.failures = failures;
  }

  /** Whether one more in all would be too many. */
  synchronized boolean isFull() {
    return all >= max;
  }

  /** Whether one more of a principal would be too many. */
  synchronized boolean isFull(String principal) {
    return isFull() || ofPrincipals.getOrDefault(principal, 0) >= perPrincipalMax;
  }

  /**
   * Counts one more.
   *
   * @throws UpstreamException if it is one too many
   */
  synchronized void add(String principal) throws UpstreamException {
    if (ofPrincipals.getOrDefault(principal, 0) >= perPrincipalMax) {
      throw failures.tooManyOfPrincipal(perPrincipalMax);
    }
    if (all >= max) {
      throw failures.tooManyProcesses(max);
    }
    all++;
    ofPrincipals.merge(principal, 1, Integer::sum);
  }

  /** Counts one less. */
  synchronized void remove(String principal) {
    all--;
    ofPrincipals.computeIfPresent(principal, (key, count) -> count == 1 ? null : count - 1);
  }
}
