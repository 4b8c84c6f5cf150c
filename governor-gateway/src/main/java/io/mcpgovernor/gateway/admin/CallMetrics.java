package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.audit.AuditObserver;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.policy.DenialCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls by what goes on record of them, and how the log keeps it. Nobody's name is in it: no
 * user's and no tenant's. Thread-safe.
 */
final class CallMetrics implements AuditObserver {
  /** From a tenth of a millisecond, a local tool, to a minute, the usual time-out. */
  private static final Duration[] CALL_BUCKETS =
      millis(
          0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

  /** From what governance takes of a small call to what a large result takes. */
  private static final Duration[] OVERHEAD_BUCKETS =
      millis(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 100, 1_000);

  private static final Duration[] APPEND_BUCKETS =
      millis(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 100, 1_000);

  private static final String OK = "ok";
  private static final String ERROR = "error";
  private static final String DENIED = "denied";
  private static final String NO_CODE = "none";

  private record Call(String server, String tool, String outcome, String code) {}

  private record Run(String server, String tool, String outcome) {}

  private final MeterRegistry registry;
  private final ToolLabels labels;
  private final Map<Call, Counter> calls = new ConcurrentHashMap<>();
  private final Map<Run, Timer> runs = new ConcurrentHashMap<>();
  private final Map<String, Timer> overheads = new ConcurrentHashMap<>();
  private final Map<String, Counter> masked = new ConcurrentHashMap<>();
  private final Timer kept;
  private final Timer lost;
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean failing;

  CallMetrics(MeterRegistry registry, ToolLabels labels) {
    this.registry = registry;
    this.labels = labels;
    this.kept = append("kept");
    this.lost = append("failed");
    Gauge.builder("governor.audit.pending", waiting, AtomicLong::get)
        .description("Audit records that wait to be kept.")
        .register(registry);
  }

  private Timer append(String outcome) {
    return Timer.builder("governor.audit.append")
        .description("How long the audit log takes to keep a record, or to fail.")
        .tag("outcome", outcome)
        .serviceLevelObjectives(APPEND_BUCKETS)
        .register(registry);
  }

  /** Whether the log did not keep the last record that it answered for. */
  boolean isFailing() {
    return failing;
  }

  @Override
  public void appending(AuditRecord record) {
    waiting.incrementAndGet();
  }

  @Override
  public void appended(AuditRecord record, long nanos, @Nullable Throwable failure) {
    waiting.decrementAndGet();
    (failure == null ? kept : lost).record(nanos, TimeUnit.NANOSECONDS);
    if (failing != (failure != null)) {
      failing = failure != null;
    }
    String server = record.server();
    if (server == null) {
      return;
    }
    if (failure == null) {
      count(record, server);
    } else if (record.event() != Event.DENIED) {
      call(record, server, DENIED, DenialCode.AUDIT_UNAVAILABLE.name());
    } else {
      denied(record, server);
    }
  }

  private void count(AuditRecord record, String server) {
    if (record.event() == Event.OUTCOME) {
      outcome(record, server);
    } else if (record.event() == Event.DENIED) {
      denied(record, server);
    }
  }

  private void denied(AuditRecord record, String server) {
    String code = record.code();
    call(record, server, DENIED, code == null ? NO_CODE : code);
    overhead(record, server);
  }

  private void outcome(AuditRecord record, String server) {
    String code = record.code();
    String outcome = record.status() == Status.SUCCESS ? OK : ERROR;
    String tool = call(record, server, outcome, code == null ? NO_CODE : code);
    runs.computeIfAbsent(new Run(server, tool, outcome), this::run)
        .record((long) (record.executionTimeMillis() * 1e6), TimeUnit.NANOSECONDS);
    overhead(record, server);
    record.maskedCounts().forEach((kind, count) -> masked(kind).increment(count));
  }

  private String call(AuditRecord record, String server, String outcome, String code) {
    String tool = labels.of(record, server);
    calls.computeIfAbsent(new Call(server, tool, outcome, code), this::calls).increment();
    return tool;
  }

  private void overhead(AuditRecord record, String server) {
    if (record.overheadMicros() >= 0) {
      overheads
          .computeIfAbsent(server, this::overhead)
          .record(record.overheadMicros(), TimeUnit.MICROSECONDS);
    }
  }

  private Counter calls(Call call) {
    return Counter.builder("governor.calls")
        .description("Calls of tools that were answered, by what became of them.")
        .tag("server", call.server)
        .tag("tool", call.tool)
        .tag("outcome", call.outcome)
        .tag("code", call.code)
        .register(registry);
  }

  private Timer run(Run run) {
    return Timer.builder("governor.call.duration")
        .description("How long tools ran.")
        .tag("server", run.server)
        .tag("tool", run.tool)
        .tag("outcome", run.outcome)
        .serviceLevelObjectives(CALL_BUCKETS)
        .register(registry);
  }

  private Timer overhead(String server) {
    return Timer.builder("governor.overhead")
        .description("What governance itself took of a call: policies, masking and records.")
        .tag("server", server)
        .serviceLevelObjectives(OVERHEAD_BUCKETS)
        .register(registry);
  }

  private Counter masked(String kind) {
    Counter counter = masked.get(kind);
    return counter != null
        ? counter
        : masked.computeIfAbsent(
            kind,
            any ->
                Counter.builder("governor.masked")
                    .description("What was masked in results, by kind.")
                    .tag("kind", kind)
                    .register(registry));
  }

  static Duration[] millis(double... millis) {
    Duration[] durations = new Duration[millis.length];
    for (int i = 0; i < millis.length; i++) {
      durations[i] = Duration.ofNanos((long) (millis[i] * 1e6));
    }
    return durations;
  }
}
