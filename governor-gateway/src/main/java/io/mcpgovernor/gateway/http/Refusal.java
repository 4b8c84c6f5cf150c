package io.mcpgovernor.gateway.http;

import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import java.util.Map;

/**
 * Why a request is not handed on, as the client gets it: a JSON-RPC error, because clients of MCP
 * show its message.
 *
 * @param status of HTTP
 * @param headers that go with it
 * @param reason a sentence for the person who must act
 */
record Refusal(int status, Map<String, String> headers, String reason) {
  private static final int INTERNAL_ERROR = -32_603;

  static Refusal of(int status, String reason) {
    return new Refusal(status, Map.of(), reason);
  }

  /** One that ends by itself. */
  static Refusal busy(String reason) {
    return new Refusal(503, Map.of("retry-after", "1"), reason);
  }

  byte[] body() {
    int code = status < 500 ? MalformedMessageException.INVALID_REQUEST : INTERNAL_ERROR;
    return Message.error(null, code, reason, null).utf8();
  }
}
