package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWritable;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log: a JSON object with the ten fields every reader can rely on, then what
 * else is known. Arguments, results and errors must be masked before they are put in, and each be
 * one JSON value. Immutable.
 *
 * <p>A record holds its values, and is rendered where it is written: the bytes of a result are
 * copied once, into the file's batch, and not into every record on the way there.
 */
public final class AuditRecord {
  /** Enough for nearly every record, so that it need not be copied while it grows. */
  private static final int RENDERED_BYTES = 4_096;

  /** How long arguments and results may be; of longer ones the beginning is kept. Bytes. */
  public static final int VALUE_BYTES_MAX = Excerpt.BYTES_MAX;

  private static final int SMALL_PARTS_BYTES = 1_024;
  private static final int VALUE_HASH_BYTES = 35;

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
    /** The log was mended after a crash or a failed write. */
    RECOVERED,
    /** The log says how long it is, and signs it. */
    CHECKPOINT;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As records see it. */
    public String text() {
      return text;
    }
  }

  /** How it stands. */
  public enum Status {
    /** Not known yet. */
    PENDING,
    /** It went as it should. */
    SUCCESS,
    /** It was refused, or failed. */
    ERROR;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As records see it. */
    public String text() {
      return text;
    }
  }

  private final Event event;
  private final Status status;
  private final Instant at;
  private final String user;
  private final String toolName;

  // Of a call. Not the call itself: its arguments are not masked, and records wait in queues.
  private @Nullable String callId;
  private @Nullable String tenant;
  private @Nullable Principal principal;
  private @Nullable Tool tool;

  // Set by the builder, which lets go of the record before anybody else sees it.
  private @Nullable Json arguments;
  private @Nullable Json result;
  private @Nullable JsonWritable validation;
  private double executionTimeMillis;
  private @Nullable String code;
  private @Nullable String error;
  private @Nullable String executed;
  private Map<String, Integer> maskedCounts = Map.of();
  private @Nullable Json maskedPointers;
  private Map<String, Integer> unscanned = Map.of();
  private Collection<String> values = List.of();
  private @Nullable String resultHmac;
  private @Nullable String valuesKey;
  private @Nullable Json lengths;
  private double complexity = -1;
  private @Nullable Map<?, ?> complexityParts;
  private @Nullable String policyVersion;
  private @Nullable String traceId;
  private long overheadMicros = -1;
  private int bytes = -1;
  private long grantsEpoch = -1;
  private long count = 1;
  private @Nullable Instant since;
  private @Nullable JsonWritable resultRules;
  private @Nullable JsonWritable checkpoint;

  private AuditRecord(Event event, Status status, Instant at, String user, String toolName) {
    this.event = event;
    this.status = status;
    this.at = at;
    this.user = user;
    this.toolName = toolName;
  }

  /** Starts the record of a call. */
  public static Builder of(Event event, Status status, ToolCall call, Instant at) {
    Tool tool = call.tool();
    AuditRecord record =
        new AuditRecord(event, status, at, call.principal().subject(), tool.name());
    record.callId = call.id();
    record.tenant = call.tenant();
    record.principal = call.principal();
    record.tool = tool;
    return new Builder(record);
  }

  /**
   * Starts the record of something else than a call.
   *
   * @param user who did it
   * @param action what was done, under the name {@code tool_name}
   */
  public static Builder of(Event event, Status status, Instant at, String user, String action) {
    return new Builder(new AuditRecord(event, status, at, user, action));
  }

  /**
   * Stands for many denials of one principal.
   *
   * @param like one of them
   * @param tool the name of the tool they were about, if it is one
   * @param code why they were denied, if it is one reason
   * @param count how many they are
   * @param since when the first of them was
   */
  static AuditRecord counted(
      AuditRecord like,
      Instant at,
      String user,
      String tool,
      String code,
      long count,
      Instant since) {
    AuditRecord counted = new AuditRecord(Event.DENIED, Status.ERROR, at, user, tool);
    counted.principal = user.equals(like.user) ? like.principal : null;
    counted.code = code;
    counted.error = count + " denials are counted on this line.";
    counted.executed = "no";
    counted.count = count;
    counted.since = since;
    return counted;
  }

  /** When it happened. */
  public Instant at() {
    return at;
  }

  /** Who did it. */
  String user() {
    return user;
  }

  /** What was called or done. */
  public String toolName() {
    return toolName;
  }

  /** Who called, if a call is what this is about. */
  @Nullable Principal principal() {
    return principal;
  }

  /** Why it was refused, or failed: a denial code; null if neither. */
  public @Nullable String code() {
    return code;
  }

  /** The server of the tool that was called; null if no call is what this is about. */
  public @Nullable String server() {
    return tool == null ? null : tool.server();
  }

  /** How long the tool ran; 0 if it did not. */
  public double executionTimeMillis() {
    return executionTimeMillis;
  }

  /** What governance itself took, microseconds; negative if that is not known. */
  public long overheadMicros() {
    return overheadMicros;
  }

  /** What was masked in the result, by kind. Immutable. */
  public Map<String, Integer> maskedCounts() {
    return maskedCounts;
  }

  /** How many bytes the record will take when it is rendered, more or less. */
  int bytesEstimate() {
    long estimate = SMALL_PARTS_BYTES;
    estimate += bytes(arguments) + bytes(result) + bytes(lengths);
    estimate += (long) values.size() * VALUE_HASH_BYTES;
    estimate += validation instanceof Json json ? bytes(json) : SMALL_PARTS_BYTES;
    estimate += error == null ? 0 : error.length();
    estimate += user.length() + toolName.length();
    return (int) Math.min(Integer.MAX_VALUE, estimate);
  }

  private static int bytes(@Nullable Json json) {
    return json == null ? 0 : json.utf8().length;
  }

  /**
   * The same without what may be large: of arguments, result and the checks' answers only the
   * length is kept. For an outcome whose disk is full; the arguments stand in the attempt.
   */
  AuditRecord shortened() {
    AuditRecord shortened = new AuditRecord(event, status, at, user, toolName);
    shortened.callId = callId;
    shortened.tenant = tenant;
    shortened.principal = principal;
    shortened.tool = tool;
    shortened.arguments = length(arguments);
    shortened.result = length(result);
    shortened.validation = validation == null ? null : length(bytesOf(validation));
    shortened.executionTimeMillis = executionTimeMillis;
    shortened.code = code;
    shortened.error = error;
    shortened.executed = executed;
    shortened.maskedCounts = maskedCounts;
    shortened.unscanned = unscanned;
    shortened.overheadMicros = overheadMicros;
    shortened.bytes = bytes;
    shortened.grantsEpoch = grantsEpoch;
    shortened.resultHmac = resultHmac;
    shortened.valuesKey = resultHmac == null ? null : valuesKey;
    shortened.policyVersion = policyVersion;
    shortened.traceId = traceId;
    shortened.resultRules = resultRules;
    return shortened;
  }

  private static Json bytesOf(JsonWritable value) {
    return value instanceof Json json ? json : Json.utf8(JsonWriter.bytes(value));
  }

  private static @Nullable Json length(@Nullable Json value) {
    return value == null
        ? null
        : Json.of(Map.of("unrecorded", "no room", "bytes", value.utf8().length));
  }

  /** What is recorded. */
  public Event event() {
    return event;
  }

  /** How it stands. */
  public Status status() {
    return status;
  }

  /**
   * The record as an object, without the fields its log adds ({@code seq}). Rendered anew each
   * time.
   *
   * @throws MalformedJsonException if it holds something that JSON cannot express
   */
  public Json toJson() {
    JsonWriter json = new JsonWriter(RENDERED_BYTES).beginObject();
    writeTo(json);
    return Json.utf8(json.endObject().toByteArray());
  }

  /**
   * Writes the fields into an object that is open, to which a log may add its own.
   *
   * @throws MalformedJsonException if the record holds something that JSON cannot express
   */
  void writeTo(JsonWriter json) {
    json.name("timestamp")
        .value(at)
        .field("user_id", user)
        .field("tenant_id", tenant)
        .field("tool_name", toolName)
        .field("arguments", arguments)
        .field("result", result)
        .name("validation");
    if (validation == null) {
      json.value((Json) null);
    } else {
      validation.writeTo(json);
    }
    json.field("execution_time_ms", executionTimeMillis)
        .field("error", error)
        .field("status", status.text())
        .field("event", event.text());
    if (callId != null) {
      json.field("call_id", callId);
    }
    if (principal != null) {
      json.field("principal_source", principal.source().text())
          .field("principal_issuer", principal.issuer());
    }
    if (tool != null) {
      json.field("server", tool.server()).field("tool_pin", tool.pin());
    }
    if (code != null) {
      json.field("code", code).field("executed", executed);
    }
    if (!maskedCounts.isEmpty()) {
      json.name("masked").beginObject().name("counts").value((Object) maskedCounts);
      if (maskedPointers != null) {
        json.field("pointers", maskedPointers);
      }
      json.endObject();
    }
    if (!unscanned.isEmpty()) {
      json.name("unscanned").value((Object) unscanned);
    }
    if (resultRules != null) {
      resultRules.writeTo(json.name("result_rules"));
    }
    if (complexityParts != null) {
      json.name("complexity")
          .beginObject()
          .field("score", complexity)
          .name("parts")
          .value((Object) complexityParts)
          .endObject();
    }
    if (lengths != null) {
      json.field("lengths", lengths);
    }
    if (valuesKey != null) {
      writeHashes(json, valuesKey);
    }
    if (traceId != null) {
      json.field("trace_id", traceId);
    }
    if (overheadMicros >= 0) {
      json.field("overhead_us", overheadMicros).field("bytes", bytes);
    }
    if (grantsEpoch >= 0) {
      json.field("grants_epoch", grantsEpoch);
    }
    if (policyVersion != null) {
      json.field("policy_version", policyVersion);
    }
    if (since != null) {
      json.field("count", count).name("since").value(since);
    }
    if (checkpoint != null) {
      checkpoint.writeTo(json.name("checkpoint"));
    }
  }

  private void writeHashes(JsonWriter json, String key) {
    if (!values.isEmpty()) {
      json.name("values").beginArray();
      values.forEach(json::value);
      json.endArray();
    }
    if (resultHmac != null) {
      json.field("result_hmac", resultHmac);
    }
    json.field("values_key", key);
  }

  /** Collects the fields of one record. Not thread-safe. */
  public static final class Builder {
    private @Nullable AuditRecord record;

    private Builder(AuditRecord record) {
      this.record = record;
    }

    /** The arguments, masked. */
    public Builder arguments(@Nullable Json masked) {
      open().arguments = Excerpt.of(masked);
      return this;
    }

    /** The result, masked. */
    public Builder result(@Nullable Json masked) {
      open().result = Excerpt.of(masked);
      return this;
    }

    /**
     * The result, masked, of more than {@value AuditRecord#VALUE_BYTES_MAX} bytes, of which the
     * record keeps no more.
     *
     * @param head its beginning, at least one byte more than that
     * @param bytes how long it is
     */
    public Builder result(byte[] head, int bytes) {
      if (head.length <= VALUE_BYTES_MAX || bytes < head.length) {
        throw new IllegalArgumentException("is short enough to be kept as it is");
      }
      open().result = Excerpt.cut(head, bytes);
      return this;
    }

    /**
     * What the checks said, masked.
     *
     * @param masked at most some kilobytes, unless it is {@link Json}, of which an excerpt is kept
     */
    public Builder validation(JsonWritable masked) {
      open().validation = masked instanceof Json json ? Excerpt.of(json) : masked;
      return this;
    }

    /** How long the tool ran. */
    public Builder executionTimeMillis(double millis) {
      open().executionTimeMillis = millis;
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
      AuditRecord failed = open();
      failed.code = code;
      failed.error = error;
      failed.executed = executed;
      return this;
    }

    /** What was masked in the result: counts by kind, and JSON pointers into the masked result. */
    public Builder masked(Map<String, Integer> counts, List<String> pointers) {
      if (!counts.isEmpty()) {
        AuditRecord masked = open();
        masked.maskedCounts = Collections.unmodifiableMap(new TreeMap<>(counts));
        masked.maskedPointers = Excerpt.of(Json.of(List.copyOf(pointers)));
      }
      return this;
    }

    /**
     * What in the result could not be searched for PII.
     *
     * @param counts how much by media type; a few types at most
     */
    public Builder unscanned(Map<String, Integer> counts) {
      open().unscanned = Collections.unmodifiableMap(new TreeMap<>(counts));
      return this;
    }

    /**
     * Keyed hashes by which known values are found.
     *
     * @param hashes of the values that were masked in arguments and result; owned from now on
     * @param key the id of the key they were made with
     */
    public Builder values(Collection<String> hashes, String key) {
      if (!hashes.isEmpty()) {
        AuditRecord hashed = open();
        hashed.values = hashes;
        hashed.valuesKey = key;
      }
      return this;
    }

    /**
     * The keyed hash of the raw result, by which somebody who has the result can prove that it is
     * this one.
     *
     * @param hmac hexadecimal digits
     * @param key the id of the key it was made with
     */
    public Builder resultHmac(String hmac, String key) {
      AuditRecord hashed = open();
      hashed.resultHmac = hmac;
      hashed.valuesKey = key;
      return this;
    }

    /** How long strings of the arguments were that were masked or cut: pointers, code points. */
    public Builder lengths(Map<String, Integer> codePoints) {
      if (!codePoints.isEmpty()) {
        open().lengths = Excerpt.of(Json.of(codePoints));
      }
      return this;
    }

    /**
     * What the call weighed.
     *
     * @param parts numbers that add up to the score, by name; not changed from now on
     */
    public Builder complexity(double score, Map<?, ?> parts) {
      AuditRecord weighed = open();
      weighed.complexity = score;
      weighed.complexityParts = parts;
      return this;
    }

    /** Which settings decided. */
    public Builder policyVersion(String version) {
      open().policyVersion = version;
      return this;
    }

    /** What the rules about the result said, an array as in {@code validation}; null for none. */
    public Builder resultRules(@Nullable JsonWritable trace) {
      open().resultRules = trace;
      return this;
    }

    /** The trace the call belongs to, or null. */
    public Builder traceId(@Nullable String id) {
      open().traceId = id;
      return this;
    }

    /** What governance itself took, microseconds, and how large the raw result was, bytes. */
    public Builder cost(long overheadMicros, int bytes) {
      AuditRecord costly = open();
      costly.overheadMicros = overheadMicros;
      costly.bytes = bytes;
      return this;
    }

    /** What a checkpoint says. */
    Builder checkpoint(JsonWritable checkpoint) {
      open().checkpoint = checkpoint;
      return this;
    }

    /** The epoch of the grants that decided. */
    public Builder grantsEpoch(long epoch) {
      open().grantsEpoch = epoch;
      return this;
    }

    /**
     * The record.
     *
     * @throws IllegalStateException if it was built before: a record that somebody has is final
     */
    public AuditRecord build() {
      AuditRecord built = open();
      record = null;
      return built;
    }

    private AuditRecord open() {
      if (record == null) {
        throw new IllegalStateException("the record is built already");
      }
      return record;
    }
  }
}
