package io.mcpgovernor;

import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.pii.Columns;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.policy.RuleFacts;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules can ask about a call that is being decided: what costs something is worked out when it
 * is first asked for, and once. Used by one thread at a time.
 */
final class CallFacts implements RuleFacts {
  private final ToolCall call;
  private final String protocol;
  private final Checks checks;
  private final Masker masker;
  private final Columns columns;
  private @Nullable Set<String> tenants;
  private @Nullable Set<String> permissions;
  private @Nullable Map<String, Integer> argumentsPii;
  private @Nullable Result result;
  private double score = -1;

  /**
   * The facts of a call.
   *
   * @param columns which fields of its arguments count as PII whatever they hold
   */
  CallFacts(ToolCall call, String protocol, Checks checks, Masker masker, Columns columns) {
    this.call = call;
    this.protocol = protocol;
    this.checks = checks;
    this.masker = masker;
    this.columns = columns;
  }

  /** Adds what came back. */
  void with(Result result) {
    this.result = result;
  }

  @Override
  public ToolCall call() {
    return call;
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public boolean readsPii() {
    return checks.piiAccess().readsPii(call.tool());
  }

  @Override
  public Set<String> tenants() {
    if (tenants == null) {
      tenants = checks.grants().tenants(call.principal());
    }
    return tenants;
  }

  @Override
  public Set<String> permissions() {
    if (permissions == null) {
      permissions = checks.grants().permissions(call.principal());
    }
    return permissions;
  }

  @Override
  public Map<String, Integer> argumentsPii() {
    if (argumentsPii == null) {
      argumentsPii = masker.scan(call.arguments(), columns).counts();
    }
    return argumentsPii;
  }

  @Override
  public double score() {
    if (score < 0) {
      score = checks.complexity().weigh(call).total();
    }
    return score;
  }

  @Override
  public long callsInWindow() {
    return checks.rateLimit().count(call);
  }

  @Override
  public long denialsInMinute() {
    return checks.probing().count(call);
  }

  @Override
  public @Nullable Result result() {
    return result;
  }
}
