package io.mcpgovernor.gateway.relay;

import io.mcpgovernor.Denial;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageId;

/**
 * Denials in the form that the method and the revision want: a call of a tool gets a result that
 * says it is an error, so that the model reads it; any other request gets an error.
 */
final class Denials {
  /** The error of a denied request; -32001 means a time-out to some clients. */
  static final int DENIED = -32_010;

  /** Where a denial stands in a result's {@code _meta}. */
  static final String META = "io.mcpgovernor/denial";

  private Denials() {}

  /** As the result of a tool. */
  static Message toolResult(MessageId id, Denial denial, boolean isStateless) {
    JsonWriter json = new JsonWriter(1_024);
    json.beginObject();
    if (isStateless) {
      json.field("resultType", "complete");
    }
    json.name("content").beginArray().beginObject();
    json.field("type", "text").field("text", denial.toText());
    json.endObject().endArray().name("isError").value(true);
    json.name("_meta").beginObject().name(META).value(denial.toJson()).endObject();
    return Message.result(id, Json.utf8(json.endObject().toByteArray()));
  }

  /** As an error. */
  static Message error(MessageId id, Denial denial) {
    return Message.error(id, DENIED, denial.reason(), denial.toJson());
  }
}
