package io.mcpgovernor.call;

import org.jspecify.annotations.Nullable;

/**
 * A call as a door received it, before anyone asked who calls and whether they may.
 *
 * @param server the server the tool belongs to
 * @param tool the tool's name as the client wrote it
 * @param arguments the arguments; JSON null where the client sent none
 * @param meta the request's {@code _meta}; an empty object where there is none
 * @param principal who calls, if the transport verified it or the host named it
 * @param protocol the revision of MCP the client speaks, such as {@code 2025-11-25}; empty where
 *     nobody knows
 * @param continues whether it goes on with a call that was charged when it began, as the door knows
 *     for certain; it is decided about again and takes nothing from rate limits
 */
public record CallRequest(
    String server,
    String tool,
    Json arguments,
    Json meta,
    @Nullable Principal principal,
    String protocol,
    boolean continues) {

  /** A call that begins. */
  public CallRequest(
      String server,
      String tool,
      Json arguments,
      Json meta,
      @Nullable Principal principal,
      String protocol) {
    this(server, tool, arguments, meta, principal, protocol, false);
  }

  /** A call over nobody knows which revision of MCP. */
  public CallRequest(
      String server, String tool, Json arguments, Json meta, @Nullable Principal principal) {
    this(server, tool, arguments, meta, principal, "");
  }

  /** The same, as a call that goes on. */
  public CallRequest continuing() {
    return new CallRequest(server, tool, arguments, meta, principal, protocol, true);
  }

  /** A call without {@code _meta}. */
  public static CallRequest of(
      String server, String tool, Json arguments, @Nullable Principal principal) {
    return new CallRequest(server, tool, arguments, Json.EMPTY_OBJECT, principal);
  }
}
