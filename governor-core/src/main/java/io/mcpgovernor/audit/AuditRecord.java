package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.ToolCall;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log: a JSON object with the ten fields every reader can rely on, then what
 * else is known. Arguments, results and errors must be masked before they are put in, and each be
 * one JSON value. Immutable.
 */
public final class AuditRecord {
  private static final int OTHER_BYTES = 1_024;
  private static final int LENGTH_BYTES = 64 * 1_024;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What is recorded. */
  public enum Event {
    /** An allowed call is about to run. */
    ATTEMPT,
    /** A call that ran has ended. */
    OUTCOME,
    /** A call was refused and did not run. */
    DENIED,
    /** Somebody changed what is allowed. */
    ADMIN,
    /** The log was mended after a crash. */
    RECOVERED
  }

  /** How it stands. */
  public enum Status {
    /** Not known yet. */
    PENDING,
    /** It went as it should. */
    SUCCESS,
    /** It was refused, or failed. */
    ERROR
  }

  private final Event event;
  private final Status status;
  private final Json json;

  private AuditRecord(Event event, Status status, Json json) {
    this.event = event;
    this.status = status;
    this.json = json;
  }

  /** Starts the record of a call. */
  public static Builder of(Event event, Status status, ToolCall call, Instant at) {
    Builder builder =
        new Builder(event, status, at, call.principal().subject(), call.tool().name());
    builder.call = call;
    return builder;
  }

  /**
   * Starts the record of something else than a call.
   *
   * @param user who did it
   * @param action what was done, under the name {@code tool_name}
   */
  public static Builder of(Event event, Status status, Instant at, String user, String action) {
    return new Builder(event, status, at, user, action);
  }

  /** What is recorded. */
  public Event event() {
    return event;
  }

  /** How it stands. */
  public Status status() {
    return status;
  }

  /** The record as an object, without the fields its log adds ({@code seq}). */
  public Json toJson() {
    return json;
  }

  /** Collects the fields of a record. Not thread-safe. */
  public static final class Builder {
    private final Event event;
    private final Status status;
    private final Instant at;
    private final String user;
    private final String toolName;
    private @Nullable ToolCall call;
    private @Nullable Json arguments;
    private @Nullable Json result;
    private @Nullable Json validation;
    private double executionTimeMillis;
    private @Nullable String code;
    private @Nullable String error;
    private @Nullable String executed;
    private Map<String, Integer> maskedCounts = Map.of();
    private List<String> maskedPointers = List.of();
    private long overheadMicros = -1;
    private int bytes = -1;
    private long grantsEpoch = -1;

    private Builder(Event event, Status status, Instant at, String user, String toolName) {
      this.event = event;
      this.status = status;
      this.at = at;
      this.user = user;
      this.toolName = toolName;
    }

    /** The arguments, masked. */
    public Builder arguments(@Nullable Json masked) {
      this.arguments = masked;
      return this;
    }

    /** The result, masked. */
    public Builder result(@Nullable Json masked) {
      this.result = masked;
      return this;
    }

    /** What the checks said. */
    public Builder validation(Json validation) {
      this.validation = validation;
      return this;
    }

    /** How long the tool ran. */
    public Builder executionTimeMillis(double millis) {
      this.executionTimeMillis = millis;
      return this;
    }

    /**
     * Why it failed.
     *
     * @param code the denial code
     * @param error a sentence of ours, never a tool's message
     * @param executed whether the tool ran: no, yes or unknown
     */
    public Builder failure(String code, String error, String executed) {
      this.code = code;
      this.error = error;
      this.executed = executed;
      return this;
    }

    /** What was masked in the result: counts by kind, and JSON pointers into the masked result. */
    public Builder masked(Map<String, Integer> counts, List<String> pointers) {
      this.maskedCounts = counts;
      this.maskedPointers = pointers;
      return this;
    }

    /** What governance itself took, microseconds, and how large the raw result was, bytes. */
    public Builder cost(long overheadMicros, int bytes) {
      this.overheadMicros = overheadMicros;
      this.bytes = bytes;
      return this;
    }

    /** The epoch of the grants that decided. */
    public Builder grantsEpoch(long epoch) {
      this.grantsEpoch = epoch;
      return this;
    }

    /** The record. */
    public AuditRecord build() {
      // Large enough for nearly every record, so that it need not be copied while it grows.
      JsonWriter json =
          new JsonWriter(OTHER_BYTES + length(arguments) + length(result) + length(validation));
      json.beginObject()
          .field("timestamp", TIMESTAMP.format(at))
          .field("user_id", user)
          .field("tenant_id", call == null ? null : call.tenant())
          .field("tool_name", toolName)
          .field("arguments", Excerpt.of(arguments))
          .field("result", Excerpt.of(result))
          .field("validation", Excerpt.of(validation))
          .name("execution_time_ms")
          .value((Object) executionTimeMillis)
          .field("error", error)
          .field("status", lower(status))
          .field("event", lower(event));
      if (call != null) {
        json.field("call_id", call.id())
            .field("principal_source", lower(call.principal().source()))
            .field("principal_issuer", call.principal().issuer())
            .field("server", call.tool().server())
            .field("tool_pin", call.tool().pin());
      }
      if (code != null) {
        json.field("code", code).field("executed", executed);
      }
      if (!maskedCounts.isEmpty()) {
        json.name("masked")
            .beginObject()
            .name("counts")
            .value((Object) maskedCounts)
            .field("pointers", Excerpt.of(Json.of(maskedPointers)))
            .endObject();
      }
      if (overheadMicros >= 0) {
        json.field("overhead_us", overheadMicros).field("bytes", bytes);
      }
      if (grantsEpoch >= 0) {
        json.field("grants_epoch", grantsEpoch);
      }
      return new AuditRecord(event, status, Json.utf8(json.endObject().toByteArray()));
    }

    private static int length(@Nullable Json value) {
      return value == null ? 0 : Math.min(value.utf8().length, LENGTH_BYTES);
    }

    private static String lower(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }
}
