package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpgovernor.call.Json;

/**
 * The id of a request: a string or a number, which keeps its type on the way. Two ids are equal if
 * they are the same JSON value, however a string is escaped.
 *
 * @param json the id as JSON text, strings in their shortest form: {@code 7}, {@code "a"}
 * @see <a href="https://www.jsonrpc.org/specification#request_object">JSON-RPC 2.0: request</a>
 */
public record MessageId(String json) {
  private static final double WHOLE_MAX = 1L << 53; // up to here a double is every integer

  /** An id of our own. */
  public static MessageId of(String name) {
    return new MessageId(new String(Json.of(name).utf8(), UTF_8));
  }

  /** A number as it is written; one that is whole becomes an integer. */
  static MessageId ofNumber(String number) {
    if (number.equals("-0")) {
      return new MessageId("0");
    }
    if (number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return new MessageId(number);
    }
    double value = Double.parseDouble(number);
    boolean whole = value == Math.rint(value) && Math.abs(value) < WHOLE_MAX;
    return new MessageId(whole ? Long.toString((long) value) : number);
  }
}
