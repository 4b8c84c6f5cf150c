package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.Sensitivity;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Methods that are governed like tools: {@code resources/read} is the tool {@code
 * method:resources/read} of its server. A method becomes a tool when it is first asked for, up to a
 * bound; what is beyond is a tool that nobody knows. Thread-safe.
 */
final class MethodTools {
  /** Where messages belong that belong to no request, such as notifications on a session. */
  static final String MESSAGES = "messages";

  /** Where answers belong that a client asks for a second time. */
  static final String REPLAYED = "replayed";

  private static final String PREFIX = "method:";
  private static final Set<String> OWN = Set.of(MESSAGES, REPLAYED);
  private static final int METHODS_MAX = 200;
  private static final int METHOD_CHARS_MAX = 100;

  private final Governor governor;
  private final String server;
  private final boolean takesAny;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * None yet.
   *
   * @param takesAny whether methods that MCP does not know become tools as well; else they are
   *     tools that nobody knows, and denied as such
   */
  MethodTools(Governor governor, String server, boolean takesAny) {
    this.governor = governor;
    this.server = server;
    this.takesAny = takesAny;
  }

  /** A tool's name as a client wrote it, which never is the one of a method. */
  static String called(String name) {
    return name.startsWith(PREFIX) ? "tool:" + name : name;
  }

  /** The name of the tool that a method is. */
  String tool(String method) {
    String name = PREFIX + method;
    if (!known.contains(method)
        && (takesAny || Methods.isKnown(method) || OWN.contains(method))
        && known.size() < METHODS_MAX
        && method.length() <= METHOD_CHARS_MAX) {
      governor
          .tools()
          .register(
              Tool.of(
                      server,
                      Json.of(
                          Map.of(
                              "name",
                              name,
                              "annotations",
                              Map.of("readOnlyHint", Methods.isKnown(method)))))
                  .build(),
              method.equals(REPLAYED) ? Sensitivity.STRICT : Sensitivity.STANDARD);
      known.add(method);
    }
    return name;
  }
}
