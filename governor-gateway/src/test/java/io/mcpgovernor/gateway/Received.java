package io.mcpgovernor.gateway;

import io.mcpgovernor.call.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a client got for one message.
 *
 * @param status of HTTP; 200 of a line
 * @param session the header
 * @param messages bodies of JSON, in their order; the last is the answer
 * @param raw everything, byte for byte, with heads and events
 */
record Received(int status, @Nullable String session, List<String> messages, String raw) {
  /** The answer. */
  Map<String, @Nullable Object> answer() {
    return Json.text(messages.getLast()).object();
  }

  /** The answer's result. */
  Map<?, ?> result() {
    return part(answer(), "result");
  }

  /** The answer's error. */
  Map<?, ?> error() {
    return part(answer(), "error");
  }

  int errorCode() {
    return ((Number) at(error(), "code")).intValue();
  }

  String errorMessage() {
    return (String) at(error(), "message");
  }

  /** What a denied call of a tool says for machines. */
  Map<?, ?> denial() {
    return part(part(result(), "_meta"), "io.mcpgovernor/denial");
  }

  /** The code of the denial, and whether it was executed. */
  String denied() {
    return at(denial(), "code") + " executed=" + at(denial(), "executed");
  }

  /** The text of the result's first block. */
  String text() {
    Object block = ((List<?>) at(result(), "content")).getFirst();
    return (String) at((Map<?, ?>) block, "text");
  }

  private static Map<?, ?> part(Map<?, ?> map, String key) {
    return (Map<?, ?>) at(map, key);
  }

  private static Object at(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new AssertionError("no " + key + " in " + map);
    }
    return value;
  }
}
