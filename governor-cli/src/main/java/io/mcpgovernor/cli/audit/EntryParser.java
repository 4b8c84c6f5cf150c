package io.mcpgovernor.cli.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the facts of a line in one pass, without a tree. Thread-safe. */
final class EntryParser {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** More is nothing that a log of ours holds: results are cut long before that. */
  private static final int VALUES_MAX = 10_000;

  private EntryParser() {}

  /**
   * Reads one line.
   *
   * @return null if it is no record: not one JSON object, or without a timestamp
   */
  static @Nullable LogEntry parse(byte[] bytes, int from, int length) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Fields fields = new Fields();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.read(name, json);
      }
      // What follows the object must be nothing.
      return json.nextToken() == null ? fields.entry() : null;
    } catch (JacksonException | DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static final class Fields {
    private @Nullable Instant at;
    private long seq;
    private String user = "";
    private @Nullable String tenant;
    private String tool = "";
    private String status = "";
    private String event = "";
    private @Nullable String code;
    private @Nullable String callId;
    private @Nullable String server;
    private @Nullable String error;
    private long count = 1;
    private long executionMicros;
    private long overheadMicros = -1;
    private List<String> values = List.of();

    void read(String name, JsonParser json) {
      switch (name) {
        case "timestamp" -> at = Instant.parse(orEmpty(text(json)));
        case "seq" -> seq = number(json, 0);
        case "user_id" -> user = orEmpty(text(json));
        case "tenant_id" -> tenant = text(json);
        case "tool_name" -> tool = orEmpty(text(json));
        case "status" -> status = orEmpty(text(json));
        case "event" -> event = orEmpty(text(json));
        case "code" -> code = text(json);
        case "call_id" -> callId = text(json);
        case "server" -> server = text(json);
        case "error" -> error = text(json);
        case "count" -> count = Math.max(1, number(json, 1));
        case "execution_time_ms" -> executionMicros = micros(json);
        case "overhead_us" -> overheadMicros = number(json, -1);
        case "values" -> values = texts(json);
        default -> json.skipChildren();
      }
    }

    @Nullable LogEntry entry() {
      if (at == null) {
        return null;
      }
      long micros =
          Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
      return new LogEntry(
          micros,
          seq,
          user,
          tenant,
          tool,
          status,
          event,
          code,
          callId,
          server,
          error,
          count,
          executionMicros,
          overheadMicros,
          values);
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }

    private static @Nullable String text(JsonParser json) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        return json.getString();
      }
      json.skipChildren();
      return null;
    }

    private static long number(JsonParser json, long otherwise) {
      if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        return json.getLongValue();
      }
      json.skipChildren();
      return otherwise;
    }

    private static long micros(JsonParser json) {
      JsonToken token = json.currentToken();
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        return Math.max(0, Math.round(json.getDoubleValue() * 1_000));
      }
      json.skipChildren();
      return 0;
    }

    private static List<String> texts(JsonParser json) {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        json.skipChildren();
        return List.of();
      }
      List<String> texts = new ArrayList<>(4);
      for (JsonToken token = json.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING && texts.size() < VALUES_MAX) {
          texts.add(json.getString());
        } else {
          json.skipChildren();
        }
      }
      return texts;
    }
  }
}
