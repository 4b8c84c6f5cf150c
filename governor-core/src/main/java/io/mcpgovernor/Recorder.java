package io.mcpgovernor;

import io.mcpgovernor.ToolRunner.Run;
import io.mcpgovernor.ValueKey.Hashes;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWritable;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Columns;
import io.mcpgovernor.pii.FoundValue;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Scan;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Trace;
import io.mcpgovernor.policy.ValidationResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls on record: what was asked, decided and answered, always masked strictly. Anything that
 * keeps a record from being made is a failed stage, like a log that cannot be written. Thread-safe.
 */
final class Recorder {
  /** More of them are kept as an excerpt. */
  private static final int FACTS_BYTES_MAX = 32 * 1_024;

  /** So many masked values of a record can be looked for: an auditor asks for people, not lists. */
  private static final int VALUES_MAX = 100;

  /** So many strings of the arguments have their length on record. */
  private static final int LENGTHS_MAX = 100;

  private static final List<String> COMPLEXITY_PARTS =
      List.of("base", "query_text", "arguments", "nesting", "structure");

  private final AuditLog log;
  private final Masker masker;
  private final Grants grants;
  private final int argumentBytesMax;
  private final String policyVersion;
  private final @Nullable ValueKey valueKey;
  private final TimeSource time;

  /**
   * A recorder.
   *
   * @param valueKey makes the hashes of values and results; without it records have none
   */
  Recorder(
      AuditLog log,
      Masker masker,
      Grants grants,
      int argumentBytesMax,
      String policyVersion,
      @Nullable ValueKey valueKey,
      TimeSource time) {
    this.log = log;
    this.masker = masker;
    this.grants = grants;
    this.argumentBytesMax = argumentBytesMax;
    this.policyVersion = policyVersion;
    this.valueKey = valueKey;
    this.time = time;
  }

  /**
   * Starts the records of one call.
   *
   * @param columns which fields of its arguments are masked whatever they hold
   * @param traceId the trace it belongs to, or null
   * @param callerWaits whether the thread that calls may wait for a disk, so that it may write what
   *     is recorded on it
   */
  CallRecords of(
      ToolCall call,
      Columns columns,
      ValidationResult validation,
      @Nullable String traceId,
      boolean callerWaits) {
    return new CallRecords(call, columns, validation, traceId, callerWaits);
  }

  /**
   * The records of one call. What they share is masked once. Used by one step after the other,
   * never by two at a time.
   */
  final class CallRecords {
    private final ToolCall call;
    private final Columns columns;
    private final ValidationResult validation;
    private final @Nullable String traceId;
    private final boolean callerWaits;
    private @Nullable Json maskedArguments;
    private @Nullable JsonWritable maskedValidation;
    private Set<String> argumentValues = Set.of();
    private Map<String, Integer> lengths = Map.of();

    private CallRecords(
        ToolCall call,
        Columns columns,
        ValidationResult validation,
        @Nullable String traceId,
        boolean callerWaits) {
      this.call = call;
      this.columns = columns;
      this.validation = validation;
      this.traceId = traceId;
      this.callerWaits = callerWaits;
    }

    /** The arguments as they stand on record. */
    Json arguments() {
      return maskedArguments();
    }

    /** It was allowed and is about to run. */
    CompletionStage<Receipt> attempt() {
      return append(
          callerWaits,
          () -> hashed(weighed(record(Event.ATTEMPT, Status.PENDING)), Set.of(), null));
    }

    /** It was refused. */
    CompletionStage<Receipt> denied(Denial denial, long overheadMicros) {
      return append(
          callerWaits,
          () ->
              hashed(failed(weighed(record(Event.DENIED, Status.ERROR)), denial), Set.of(), null)
                  .cost(overheadMicros, 0));
    }

    /** It ran, and its result is about to be released. On a thread that may wait. */
    CompletionStage<Receipt> released(
        CallOutcome.Released released,
        Scan scan,
        Run run,
        int rawBytes,
        @Nullable Trace resultRules,
        long overheadMicros) {
      return append(
          true,
          () -> {
            AuditRecord.Builder record =
                result(
                        record(Event.OUTCOME, released.isError() ? Status.ERROR : Status.SUCCESS),
                        scan)
                    .masked(scan.counts(), scan.pointers())
                    .unscanned(scan.unscanned().all())
                    .resultRules(resultRules)
                    .executionTimeMillis(run.millis())
                    .cost(overheadMicros, rawBytes);
            hashed(record, hashesOf(scan), run.result());
            return released.isError()
                ? record.failure("tool_error", "The tool answered with an error.", "yes")
                : record;
          });
    }

    /** It ran, or tried to, and there is nothing to release. */
    CompletionStage<Receipt> withheld(
        Denial denial, Run run, int rawBytes, @Nullable Trace resultRules, long overheadMicros) {
      return append(
          false, // it may be the thread of all time-outs
          () ->
              hashed(
                      failed(record(Event.OUTCOME, Status.ERROR), denial),
                      Set.of(),
                      // What is too large is not read either.
                      denial.code().equals(DenialCode.RESULT_TOO_LARGE) ? null : run.result())
                  .resultRules(resultRules)
                  .executionTimeMillis(run.millis())
                  .cost(overheadMicros, rawBytes));
    }

    private AuditRecord.Builder record(Event event, Status status) {
      if (maskedArguments == null || maskedValidation == null) {
        maskedArguments = maskedArguments();
        maskedValidation = maskedValidation(validation);
      }
      return AuditRecord.of(event, status, call, time.now())
          .arguments(maskedArguments)
          .validation(maskedValidation)
          .lengths(lengths)
          .traceId(traceId)
          .grantsEpoch(grants.epoch())
          .policyVersion(policyVersion);
    }

    /**
     * Arguments that cannot be read or are too large were refused; the record says what was there.
     */
    private Json maskedArguments() {
      Json arguments = call.arguments();
      try {
        int bytes = arguments.utf8().length;
        if (bytes > argumentBytesMax) {
          return Json.of(Map.of("unrecorded", "too large", "bytes", bytes));
        }
        arguments.object(); // what is no object, or repeats a key, is not quoted
        Scan scan = masker.scan(arguments, columns);
        lengths = scan.lengths(AuditRecord.VALUE_BYTES_MAX, LENGTHS_MAX);
        argumentValues = hashesOf(scan);
        return scan.masked(Sensitivity.STRICT);
      } catch (MalformedJsonException e) {
        return Json.of(Map.of("unrecorded", "not a readable JSON object"));
      }
    }

    /** The hashes of the values that were found. */
    private Set<String> hashesOf(Scan scan) {
      Set<FoundValue> found = valueKey == null ? Set.of() : scan.values(VALUES_MAX);
      if (valueKey == null || found.isEmpty()) {
        return Set.of();
      }
      Set<String> values = new LinkedHashSet<>();
      try (Hashes hashes = valueKey.of(tenant())) {
        found.forEach(value -> values.add(hashes.value(value)));
      }
      return values;
    }

    private String tenant() {
      String tenant = call.tenant();
      return tenant == null ? "" : tenant;
    }

    /** Adds hashes of the arguments' values, of more values, and of a raw result. */
    private AuditRecord.Builder hashed(
        AuditRecord.Builder record, Set<String> more, @Nullable ToolResult raw) {
      if (valueKey == null) {
        return record;
      }
      if (!argumentValues.isEmpty() || !more.isEmpty()) {
        Set<String> values = new LinkedHashSet<>(argumentValues);
        for (String value : more) {
          if (values.size() == VALUES_MAX) {
            break;
          }
          values.add(value);
        }
        record.values(values, valueKey.id());
      }
      if (raw != null) {
        try (Hashes hashes = valueKey.of(tenant())) {
          record.resultHmac(hashes.result(raw.value().utf8()), valueKey.id());
        } catch (MalformedJsonException e) {
          return record; // a result that JSON cannot express, which is why it is withheld
        }
      }
      return record;
    }

    /** Adds what the call weighed, as far as that is numbers: a rule might have said otherwise. */
    private AuditRecord.Builder weighed(AuditRecord.Builder record) {
      Map<String, Object> facts = validation.metadata();
      return facts.get("complexity_score") instanceof Double score
              && facts.get("complexity") instanceof Map<?, ?> parts
              && areWeights(parts)
          ? record.complexity(score, parts)
          : record;
    }
  }

  private static boolean areWeights(Map<?, ?> parts) {
    int weights = 0;
    for (String name : COMPLEXITY_PARTS) {
      weights += parts.get(name) instanceof Number ? 1 : 0;
    }
    return weights == parts.size();
  }

  /**
   * Of an allowed call, the facts behind the decision are all that is not ours; the rest, most of
   * it, is written straight into the record.
   */
  private JsonWritable maskedValidation(ValidationResult validation) {
    Json facts = Json.of(validation.metadata());
    boolean isOurs = validation.isAllowed() && validation.reason().isEmpty();
    return isOurs && facts.utf8().length <= FACTS_BYTES_MAX
        ? validation.withMetadata(masker.scan(facts).masked(Sensitivity.STRICT))
        : masker.scan(validation.toJson()).masked(Sensitivity.STRICT);
  }

  /** Adds a result; of a long one not all is masked once more. */
  private static AuditRecord.Builder result(AuditRecord.Builder record, Scan scan) {
    int bytes = scan.maskedBytes(Sensitivity.STRICT);
    return bytes > AuditRecord.VALUE_BYTES_MAX
        ? record.result(scan.head(Sensitivity.STRICT, AuditRecord.VALUE_BYTES_MAX + 1), bytes)
        : record.result(scan.masked(Sensitivity.STRICT));
  }

  private static AuditRecord.Builder failed(AuditRecord.Builder record, Denial denial) {
    return record.failure(denial.code().name(), denial.reason(), denial.executed().text());
  }

  private CompletionStage<Receipt> append(boolean here, Supplier<AuditRecord.Builder> record) {
    try {
      AuditRecord built = record.get().build();
      return here ? log.appendHere(built) : log.append(built);
    } catch (RuntimeException | Error e) { // a detector of the host's own may throw anything
      return CompletableFuture.failedFuture(e);
    }
  }
}
