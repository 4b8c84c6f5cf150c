package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.Message;

/** The two kinds of revisions of MCP. {@link Revision} says which one it is, and what is neither. */
public enum Era {
  /** Up to 2025-11-25: initialized once, perhaps with a session. */
  LEGACY,
  /** From 2026-07-28 on: every request stands on its own. */
  STATELESS;

  /**
   * The era of a message. One that is {@link Revision.Malformed} counts as stateless, where its
   * headers are checked ({@link HeaderCheck}), which it does not pass.
   *
   * @param headers those it came with; none where it did not come over HTTP
   */
  public static Era of(Headers headers, Message message) {
    return Revision.of(headers, message) instanceof Revision.Legacy ? LEGACY : STATELESS;
  }
}
