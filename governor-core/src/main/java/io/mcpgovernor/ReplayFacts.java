package io.mcpgovernor;

import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.Condition.UnknowableException;
import io.mcpgovernor.policy.RuleFacts;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the record of a call says of it. What no record says cannot be known, and a rule that asks
 * for it cannot be replayed.
 */
final class ReplayFacts implements RuleFacts {
  private final ToolCall call;
  private final Map<String, ? extends @Nullable Object> record;
  private final Map<?, ?> facts;
  private final Checks checks;

  ReplayFacts(
      ToolCall call,
      Map<String, ? extends @Nullable Object> record,
      Map<?, ?> facts,
      Checks checks) {
    this.call = call;
    this.record = record;
    this.facts = facts;
    this.checks = checks;
  }

  private static UnknowableException unrecorded(String what) {
    return new UnknowableException(what + " is not on record");
  }

  @Override
  public ToolCall call() {
    return call;
  }

  @Override
  public String protocol() {
    throw unrecorded("call.protocol");
  }

  @Override
  public Set<String> roles() {
    throw unrecorded("user.roles");
  }

  @Override
  public Map<String, Object> claims() {
    throw unrecorded("user.claims");
  }

  @Override
  public Set<String> permissions() {
    throw unrecorded("user.permissions");
  }

  @Override
  public boolean readsPii() {
    if (!call.tool().isDefined() && call.tool().requiresPii() == null) {
      throw new UnknowableException("tool.pii needs the tool's definition");
    }
    return checks.piiAccess().readsPii(call.tool());
  }

  @Override
  public Set<String> tenants() {
    if (facts.get("allowed_tenants") instanceof List<?> allowed) {
      Set<String> tenants = new LinkedHashSet<>();
      allowed.forEach(tenant -> tenants.add(String.valueOf(tenant)));
      return tenants;
    }
    throw unrecorded("user.tenants");
  }

  @Override
  public Map<String, Integer> argumentsPii() {
    throw unrecorded("args_pii");
  }

  @Override
  public double score() {
    if (record.get("complexity") instanceof Map<?, ?> weighed
        && weighed.get("score") instanceof Number score) {
      return score.doubleValue();
    }
    throw unrecorded("score");
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
    if (!"outcome".equals(record.get("event"))) {
      return null;
    }
    if (!(record.get("bytes") instanceof Number bytes)) {
      throw unrecorded("result.bytes");
    }
    Map<String, Integer> counts = new HashMap<>();
    if (record.get("masked") instanceof Map<?, ?> masked
        && masked.get("counts") instanceof Map<?, ?> found) {
      found.forEach(
          (kind, count) -> {
            if (!(count instanceof Number many)) {
              throw unrecorded("result.masked");
            }
            counts.put(String.valueOf(kind), many.intValue());
          });
    }
    return new Result(bytes.intValue(), counts, "error".equals(record.get("status")));
  }
}
