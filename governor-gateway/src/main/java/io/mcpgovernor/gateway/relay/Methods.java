package io.mcpgovernor.gateway.relay;

import java.util.Map;

/**
 * What is done with a client's requests, by their method: the contract's table. A method that is
 * not in it is {@link Treatment#GOVERN}ed or denied, as the configuration says.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/">MCP 2026-07-28</a>
 */
final class Methods {
  /** What is done with a request. */
  enum Treatment {
    /** A call of a tool: all steps. */
    CALL,
    /** All steps, as the tool {@code method:NAME}. */
    GOVERN,
    /** A list of tools: only what the caller may use is shown. */
    TOOLS,
    /** Another list: shown, masked. */
    LIST,
    /** About a task: its owner's only. */
    TASK,
    /** Passed on; what comes back is masked. */
    PASS
  }

  /** Calls a tool. */
  static final String CALL = "tools/call";

  /** Begins a session, until 2025-11-25. */
  static final String INITIALIZE = "initialize";

  /** Lists tools. */
  static final String TOOLS_LIST = "tools/list";

  /** The tools changed. */
  static final String TOOLS_CHANGED = "notifications/tools/list_changed";

  private static final Map<String, Treatment> TABLE =
      Map.ofEntries(
          Map.entry(CALL, Treatment.CALL),
          Map.entry("resources/read", Treatment.GOVERN),
          Map.entry("prompts/get", Treatment.GOVERN),
          Map.entry("completion/complete", Treatment.GOVERN),
          Map.entry(TOOLS_LIST, Treatment.TOOLS),
          Map.entry("resources/list", Treatment.LIST),
          Map.entry("resources/templates/list", Treatment.LIST),
          Map.entry("prompts/list", Treatment.LIST),
          Map.entry("tasks/get", Treatment.TASK),
          Map.entry("tasks/result", Treatment.TASK),
          Map.entry("tasks/update", Treatment.TASK),
          Map.entry("tasks/cancel", Treatment.TASK),
          Map.entry("tasks/list", Treatment.TASK),
          Map.entry(INITIALIZE, Treatment.PASS),
          Map.entry("server/discover", Treatment.PASS),
          Map.entry("ping", Treatment.PASS),
          Map.entry("logging/setLevel", Treatment.PASS),
          Map.entry("resources/subscribe", Treatment.GOVERN),
          Map.entry("resources/unsubscribe", Treatment.PASS),
          Map.entry("subscriptions/listen", Treatment.PASS));

  private Methods() {}

  /** Whether MCP knows a method. */
  static boolean isKnown(String method) {
    return TABLE.containsKey(method);
  }

  /** What is done with a request. */
  static Treatment of(String method) {
    return TABLE.getOrDefault(method, Treatment.GOVERN);
  }
}
