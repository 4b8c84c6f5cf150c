package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the admin listener that may be done.
 *
 * @param query the parameters, each once
 * @param body what was sent; empty if nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AdminRequest(Map<String, String> query, byte[] body) {
  /** The body's members. */
  Map<String, @Nullable Object> members() throws ProblemException {
    try {
      return Json.utf8(body).object();
    } catch (MalformedJsonException e) {
      throw new ProblemException(400, "The body has to be one JSON object.");
    }
  }

  /** A member that is a text; null if there is none. */
  static @Nullable String text(Map<String, @Nullable Object> members, String name)
      throws ProblemException {
    Object value = members.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new ProblemException(422, name + " has to be a text.");
  }

  /** A member that is a text and has to be there. */
  static String required(Map<String, @Nullable Object> members, String name)
      throws ProblemException {
    String text = text(members, name);
    if (text == null || text.isBlank()) {
      throw new ProblemException(422, name + " has to be there.");
    }
    return text;
  }
}
