package io.mcpgovernor.gateway.message;

/**
 * The id of a request: a string or a number, which keeps its type on the way. Two ids are equal if
 * they are the same JSON value, however a string is escaped.
 *
 * @param json the id as JSON text, strings in their shortest form: {@code 7}, {@code "a"}
 * @see <a href="https://www.jsonrpc.org/specification#request_object">JSON-RPC 2.0: request</a>
 */
public record MessageId(String json) {
  /** An id of our own. */
  public static MessageId of(String name) {
    return Unwritten.yet();
  }
}
