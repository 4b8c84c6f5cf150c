package io.mcpgovernor.cli.audit;

import io.mcpgovernor.call.JsonWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record as an event of the class API Activity (6003) of the Open Cybersecurity Schema Framework,
 * version 1.3.0 (schema.ocsf.io). What the class has no attribute for stands in {@code unmapped}.
 */
final class OcsfEvent {
  /** The version of the schema. */
  static final String SCHEMA = "1.3.0";

  private static final int CATEGORY = 6;
  private static final int CLASS = 6_003;

  /** A tool call may create, read, update or delete: its name does not tell. */
  private static final int ACTIVITY_OTHER = 99;

  private static final int INFORMATIONAL = 1;
  private static final int LOW = 2;

  /** What has an attribute of its own. */
  private static final Set<String> MAPPED =
      Set.of(
          "timestamp",
          "user_id",
          "tool_name",
          "arguments",
          "result",
          "execution_time_ms",
          "error",
          "status",
          "event",
          "call_id",
          "server",
          "code",
          "seq",
          "count",
          "principal_issuer");

  private OcsfEvent() {}

  /** The event, on a line. */
  static byte[] of(Map<String, @Nullable Object> fields, LogEntry entry) {
    byte[] event = JsonWriter.bytes(json -> write(fields, entry, json));
    byte[] line = Arrays.copyOf(event, event.length + 1);
    line[event.length] = '\n';
    return line;
  }

  private static void write(Map<String, @Nullable Object> fields, LogEntry entry, JsonWriter json) {
    boolean isFailure = entry.status().equals("error");
    boolean isPending = entry.status().equals("pending");
    json.beginObject()
        .field("activity_id", ACTIVITY_OTHER)
        .field("activity_name", entry.event().equals("admin") ? "Administer" : "Call")
        .field("category_uid", CATEGORY)
        .field("category_name", "Application Activity")
        .field("class_uid", CLASS)
        .field("class_name", "API Activity")
        .field("type_uid", CLASS * 100L + ACTIVITY_OTHER)
        .field("type_name", "API Activity: Other")
        .field("time", Math.floorDiv(entry.atMicros(), 1_000L))
        .field("severity_id", isFailure ? LOW : INFORMATIONAL)
        .field("severity", isFailure ? "Low" : "Informational")
        .field("status_id", isPending ? 0 : isFailure ? 2 : 1)
        .field("status", isPending ? "Unknown" : isFailure ? "Failure" : "Success");
    optional("status_code", entry.code(), json);
    optional("status_detail", entry.error(), json);
    json.field("count", entry.count());
    if (entry.event().equals("outcome")) {
      json.field("duration", entry.executionMicros() / 1_000);
    }
    json.field("message", entry.event() + " " + entry.tool());
    metadata(fields, entry, json);
    actor(fields, entry, json);
    api(fields, entry, json);
    // Required by the class; the record does not know from where the call came.
    json.name("src_endpoint").beginObject().field("name", "unknown").endObject();
    json.name("unmapped").beginObject();
    fields.forEach(
        (name, value) -> {
          if (value != null && !MAPPED.contains(name)) {
            json.name(name).value(value);
          }
        });
    json.endObject().endObject();
  }

  private static void metadata(
      Map<String, @Nullable Object> fields, LogEntry entry, JsonWriter json) {
    json.name("metadata")
        .beginObject()
        .field("version", SCHEMA)
        .name("product")
        .beginObject()
        .field("name", "mcp-governor")
        .field("vendor_name", "mcp-governor")
        .endObject()
        .field("log_name", "audit")
        .field("event_code", entry.event());
    optional("original_time", fields.get("timestamp"), json);
    optional("correlation_uid", entry.callId(), json);
    optional("uid", fields.get("hash"), json);
    if (entry.seq() > 0) {
      json.field("sequence", entry.seq());
    }
    json.endObject();
  }

  private static void actor(Map<String, @Nullable Object> fields, LogEntry entry, JsonWriter json) {
    json.name("actor").beginObject().name("user").beginObject();
    json.field("uid", entry.user()).field("name", entry.user()).endObject();
    if (fields.get("principal_issuer") instanceof String issuer) {
      json.name("idp").beginObject().field("name", issuer).endObject();
    }
    json.endObject();
  }

  private static void api(Map<String, @Nullable Object> fields, LogEntry entry, JsonWriter json) {
    json.name("api").beginObject().field("operation", entry.tool());
    if (entry.server() != null) {
      json.name("service").beginObject().field("name", entry.server()).endObject();
    }
    Object arguments = fields.get("arguments");
    if (entry.callId() != null) {
      json.name("request").beginObject().field("uid", entry.callId());
      if (arguments != null) {
        json.name("data").value(arguments);
      }
      json.endObject();
    }
    Object result = fields.get("result");
    if (entry.error() != null || result != null) {
      json.name("response").beginObject();
      optional("error", entry.code(), json);
      optional("error_message", entry.error(), json);
      if (result != null) {
        json.name("data").value(result);
      }
      json.endObject();
    }
    json.endObject();
  }

  private static void optional(String name, @Nullable Object value, JsonWriter json) {
    if (value instanceof String text) {
      json.field(name, text);
    }
  }
}
