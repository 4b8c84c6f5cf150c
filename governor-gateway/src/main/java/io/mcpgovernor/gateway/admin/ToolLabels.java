package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.policy.DenialCode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What metrics call the tools of records. Callers can ask for any name, and a name that only
 * callers know is no label: it is {@value #UNKNOWN}. Bounded, thread-safe.
 */
final class ToolLabels {
  /** A tool that no server has, as far as is known. */
  static final String UNKNOWN = "_unknown";

  /** A tool beyond those that have labels of their own. */
  static final String OTHER = "_other";

  /** A method that is governed like a tool; callers name those. */
  static final String METHOD = "_method";

  private static final int TOOLS_MAX = 2_000;
  private static final String METHOD_PREFIX = "method:";

  /** These are found before anybody looks whether there is such a tool. */
  private static final Set<String> BEFORE_THE_TOOL =
      Set.of(
          DenialCode.IDENTITY.name(),
          DenialCode.TOO_LARGE.name(),
          DenialCode.UNKNOWN_TOOL.name(),
          DenialCode.POLICY_ERROR.name());

  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();
  private final int toolsMax;

  ToolLabels() {
    this(TOOLS_MAX);
  }

  ToolLabels(int toolsMax) {
    this.toolsMax = toolsMax;
  }

  /** The label of a record's tool. */
  String of(AuditRecord record, String server) {
    String tool = record.toolName();
    if (tool.startsWith(METHOD_PREFIX)) {
      return METHOD;
    }
    Set<String> tools = known.get(server);
    if (tools != null && tools.contains(tool)) {
      return isUnknown(record.code()) ? UNKNOWN : tool;
    }
    if (record.event() == Event.DENIED && BEFORE_THE_TOOL.contains(String.valueOf(record.code()))) {
      return UNKNOWN;
    }
    return isAdded(server, tool) ? tool : OTHER;
  }

  private static boolean isUnknown(@Nullable String code) {
    return DenialCode.UNKNOWN_TOOL.name().equals(code);
  }

  private synchronized boolean isAdded(String server, String tool) {
    if (known.values().stream().mapToInt(Set::size).sum() >= toolsMax) {
      return false;
    }
    known.computeIfAbsent(server, any -> ConcurrentHashMap.newKeySet()).add(tool);
    return true;
  }
}
