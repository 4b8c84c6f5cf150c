package io.mcpgovernor.policy;

import io.mcpgovernor.call.ToolCall;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules can ask about a call. Each fact is worked out when it is first asked for, so that
 * rules pay for what they use. Used by one thread at a time.
 */
public interface RuleFacts {
  /** The call: who, for which tenant, which tool, which arguments, when. */
  ToolCall call();

  /** The revision of MCP that the client speaks, or empty where nobody knows. */
  String protocol();

  /** The roles the caller's identity brings. */
  default Set<String> roles() {
    return call().principal().roles();
  }

  /** The claims the caller's identity brings. */
  default Map<String, Object> claims() {
    return call().principal().claims();
  }

  /** Whether the tool reads PII, declared or by its words. */
  boolean readsPii();

  /** The tenants the caller may reach. */
  Set<String> tenants();

  /** The permissions the caller has. */
  Set<String> permissions();

  /** How often each kind of PII stands in the arguments, by the kinds' names. */
  Map<String, Integer> argumentsPii();

  /** What the call weighs, whether complexity is checked or not. */
  double score();

  /** How many calls the caller has in the window of the rate limit, this one not counted. */
  long callsInWindow();

  /** How many denials the caller has had within a minute. */
  long denialsInMinute();

  /** What came back; null before the call has run. */
  @Nullable Result result();

  /**
   * A result, of which rules see no values.
   *
   * @param bytes its size as raw JSON
   * @param masked how often each kind of PII was found in it, by the kinds' names
   * @param isError whether the tool says that it failed
   */
  record Result(int bytes, Map<String, Integer> masked, boolean isError) {
    /** Copies the counts. */
    public Result {
      masked = Map.copyOf(masked);
    }
  }
}
