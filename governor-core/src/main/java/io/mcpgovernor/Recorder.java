package io.mcpgovernor;

import io.mcpgovernor.ToolRunner.Run;
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
import io.mcpgovernor.pii.Columns;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Scan;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.ValidationResult;
import java.util.Map;
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

  private final AuditLog log;
  private final Masker masker;
  private final Grants grants;
  private final int argumentBytesMax;
  private final TimeSource time;

  Recorder(AuditLog log, Masker masker, Grants grants, int argumentBytesMax, TimeSource time) {
    this.log = log;
    this.masker = masker;
    this.grants = grants;
    this.argumentBytesMax = argumentBytesMax;
    this.time = time;
  }

  /**
   * Starts the records of one call.
   *
   * @param columns which fields of its arguments are masked whatever they hold
   */
  CallRecords of(ToolCall call, Columns columns, ValidationResult validation) {
    return new CallRecords(call, columns, validation);
  }

  /**
   * The records of one call. What they share is masked once. Used by one step after the other,
   * never by two at a time.
   */
  final class CallRecords {
    private final ToolCall call;
    private final Columns columns;
    private final ValidationResult validation;
    private @Nullable Json maskedArguments;
    private @Nullable JsonWritable maskedValidation;

    private CallRecords(ToolCall call, Columns columns, ValidationResult validation) {
      this.call = call;
      this.columns = columns;
      this.validation = validation;
    }

    /** It was allowed and is about to run. */
    CompletionStage<Receipt> attempt() {
      return append(() -> record(Event.ATTEMPT, Status.PENDING));
    }

    /** It was refused. */
    CompletionStage<Receipt> denied(Denial denial, long overheadMicros) {
      return append(
          () -> failed(record(Event.DENIED, Status.ERROR), denial).cost(overheadMicros, 0));
    }

    /** It ran, and its result is about to be released. */
    CompletionStage<Receipt> released(
        CallOutcome.Released released, Scan scan, Run run, int rawBytes, long overheadMicros) {
      return append(
          () -> {
            AuditRecord.Builder record =
                record(Event.OUTCOME, released.isError() ? Status.ERROR : Status.SUCCESS)
                    .result(scan.masked(Sensitivity.STRICT))
                    .masked(scan.counts(), scan.pointers())
                    .unscanned(scan.unscanned().all())
                    .executionTimeMillis(run.millis())
                    .cost(overheadMicros, rawBytes);
            return released.isError()
                ? record.failure("tool_error", "The tool answered with an error.", "yes")
                : record;
          });
    }

    /** It ran, or tried to, and there is nothing to release. */
    CompletionStage<Receipt> withheld(Denial denial, Run run, int rawBytes, long overheadMicros) {
      return append(
          () ->
              failed(record(Event.OUTCOME, Status.ERROR), denial)
                  .executionTimeMillis(run.millis())
                  .cost(overheadMicros, rawBytes));
    }

    private AuditRecord.Builder record(Event event, Status status) {
      if (maskedArguments == null || maskedValidation == null) {
        maskedArguments = maskedArguments(call.arguments(), columns);
        maskedValidation = maskedValidation(validation);
      }
      return AuditRecord.of(event, status, call, time.now())
          .arguments(maskedArguments)
          .validation(maskedValidation)
          .grantsEpoch(grants.epoch());
    }
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

  private static AuditRecord.Builder failed(AuditRecord.Builder record, Denial denial) {
    return record.failure(denial.code().name(), denial.reason(), denial.executed().text());
  }

  /**
   * Arguments that cannot be read or are too large were refused; the record says what was there.
   */
  private Json maskedArguments(Json arguments, Columns columns) {
    try {
      int bytes = arguments.utf8().length;
      if (bytes > argumentBytesMax) {
        return Json.of(Map.of("unrecorded", "too large", "bytes", bytes));
      }
      arguments.object(); // what is no object, or repeats a key, is not quoted
      return masker.scan(arguments, columns).masked(Sensitivity.STRICT);
    } catch (MalformedJsonException e) {
      return Json.of(Map.of("unrecorded", "not a readable JSON object"));
    }
  }

  private CompletionStage<Receipt> append(Supplier<AuditRecord.Builder> record) {
    try {
      return log.append(record.get().build());
    } catch (RuntimeException | Error e) { // a detector of the host's own may throw anything
      return CompletableFuture.failedFuture(e);
    }
  }
}
