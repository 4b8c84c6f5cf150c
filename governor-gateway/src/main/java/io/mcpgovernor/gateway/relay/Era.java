package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.message.JsonSlices;
import io.mcpgovernor.gateway.message.Message;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of revision a message of a client is written in. What the message says of itself
 * counts: a request of 2026-07-28 names its revision in its {@code _meta}. The header must not
 * contradict it.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic">MCP 2026-07-28:
 *     protocol version</a>
 */
public sealed interface Era {
  /** The key in {@code _meta} under which a message names its revision. */
  String PROTOCOL_META = "io.modelcontextprotocol/protocolVersion";

  /** The first revision without sessions. */
  String FIRST_STATELESS = "2026-07-28";

  /** The code of JSON-RPC for parameters that are not as they have to be. */
  int INVALID_PARAMS = -32_602;

  /**
   * Up to 2025-11-25: initialized once, perhaps with a session.
   *
   * @param revision as the header or the message names it; null if neither does
   */
  record Legacy(@Nullable String revision) implements Era {}

  /**
   * From 2026-07-28 on: every request stands on its own.
   *
   * @param revision as the message names it, or a notification's header
   */
  record Stateless(String revision) implements Era {}

  /**
   * Neither, so that two readers could take it for the one or the other. Over HTTP the status is
   * 400.
   *
   * @param code of JSON-RPC
   * @param reason a sentence fit for the sender, which quotes no value
   */
  record Malformed(int code, String reason) implements Era {}

  /**
   * The era of a message.
   *
   * @param headers those it came with; none where it did not come over HTTP
   */
  static Era of(Headers headers, Message message) {
    String header = HeaderValue.of(headers, Headers.PROTOCOL);
    boolean isHeaderStateless = header != null && isStateless(header);
    boolean isRequest = message.kind() == Message.Kind.REQUEST;
    if (!isRequest && message.kind() != Message.Kind.NOTIFICATION) {
      return new Legacy(header); // later revisions have no answers of clients
    }
    Map<String, Json> meta = meta(message);
    String claim = claim(meta);
    if (isRequest && message.method().equals("initialize") && !isStateless(claim)) {
      return isHeaderStateless
          ? new Malformed(
              HeaderCheck.HEADER_MISMATCH,
              "The header MCP-Protocol-Version names a revision that knows no \"initialize\".")
          : new Legacy(message.text("protocolVersion"));
    }
    if (claim != null) {
      if (header != null && !header.equals(claim)) {
        return new Malformed(
            HeaderCheck.HEADER_MISMATCH,
            "The header MCP-Protocol-Version and the protocol version in _meta differ.");
      }
      return isStateless(claim) ? new Stateless(claim) : new Legacy(claim);
    }
    if (meta.containsKey(PROTOCOL_META)) {
      return new Malformed(
          INVALID_PARAMS, "params._meta[\"" + PROTOCOL_META + "\"] must be a string.");
    }
    if (header == null || !isHeaderStateless) {
      return new Legacy(header);
    }
    return isRequest
        ? new Malformed(
            INVALID_PARAMS,
            "The header MCP-Protocol-Version names a revision whose requests need params._meta[\""
                + PROTOCOL_META
                + "\"].")
        : new Stateless(header);
  }

  /** Whether a revision is without sessions. Revisions are days, so they stand in their order. */
  static boolean isStateless(@Nullable String revision) {
    return revision != null && revision.compareTo(FIRST_STATELESS) >= 0;
  }

  /** The revision that a message names; null if it names none, or not by a string. */
  static @Nullable String claim(Message message) {
    return claim(meta(message));
  }

  private static @Nullable String claim(Map<String, Json> meta) {
    Json claim = meta.get(PROTOCOL_META);
    return claim != null && claim.tree() instanceof String revision ? revision : null;
  }

  private static Map<String, Json> meta(Message message) {
    Json meta = message.member("_meta");
    return meta != null && meta.utf8()[0] == '{' ? JsonSlices.members(meta) : Map.of();
  }
}
