package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.gateway.message.Message;

/** placeholder until A's */
public enum Era {
  LEGACY,
  STATELESS;

  /** Of a message. */
  public static Era of(Headers headers, Message message) {
    String revision = headers.get(Headers.PROTOCOL);
    return revision != null && revision.compareTo("2026") >= 0 ? STATELESS : LEGACY;
  }
}
