package io.mcpgovernor.bench;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A whole governed call in the process: decided, put on record, run, masked, put on record,
 * released; of a tool that does nothing and answers 2 KiB with PII. Against writing two records of
 * the same size to a file, which is the least that audit costs.
 */
final class ExecutionBench {
  private static final double NANOS_PER_MICRO = 1_000;
  private static final int RESULT_BYTES = 2_048;
  private static final int RESULTS = 256;

  private final Json[] results = new Json[RESULTS];
  private CallRequest request = Calls.by(0, 0);
  private Json result = Json.NULL;
  private Json released = Json.NULL;

  static List<Row> run(Scale scale, Durability durability) {
    try (TemporaryDirectory directory = new TemporaryDirectory();
        Governor governor =
            Governor.builder().auditTo(directory.path()).durability(durability).build()) {
      return new ExecutionBench().measure(scale, durability, governor, directory);
    }
  }

  private List<Row> measure(
      Scale scale, Durability durability, Governor governor, TemporaryDirectory directory) {
    CustomerRecords records = new CustomerRecords();
    for (int i = 0; i < RESULTS; i++) {
      results[i] = records.toolResult(RESULT_BYTES);
    }
    // Grants are recorded one by one, so their users are few; limits still see a new one each time.
    Calls calls = new Calls(Math.min(scale.users(), scale.perRound() / 5));
    calls.allow(governor);
    ToolHandler tool = call -> CompletableFuture.completedFuture(new ToolResult(result, false));
    int perRound = durability == Durability.FSYNC ? scale.perRound() / 50 : scale.perRound() / 5;
    List<Samples> execution =
        Timing.rounds(
            scale.rounds(),
            perRound,
            NANOS_PER_MICRO,
            number -> {
              mustBeMasked(number);
              request = calls.next(number);
              // A new value each time: nothing of it may be known from the call before.
              result = Json.utf8(results[number % RESULTS].utf8().clone());
            },
            number -> released = released(governor.call(request, tool)));
    int recordBytes =
        (int) (directory.bytes() / (2L * perRound * (scale.rounds() + Timing.WARM_UP_ROUNDS)));
    List<Samples> writing = bareWrites(scale.rounds(), perRound, recordBytes, durability);
    String name = "call, 2 KiB, " + durability.name().toLowerCase(Locale.ROOT) + ": ";
    Samples all = Samples.together(execution);
    double p99 = Samples.medianOf(execution, Samples::p99);
    return durability == Durability.FLUSH
        ? List.of(
            Row.atMost(name + "p99 (2 bare writes)", "us", p99, 100, all)
                .against(Samples.medianOf(writing, Samples::p99)),
            Row.atMost(name + "p99, seed's goal", "us", p99, 100_000, all))
        : List.of(
            Row.atMost(name + "p99, seed's goal (2 bare writes)", "us", p99, 100_000, all)
                .against(Samples.medianOf(writing, Samples::p99)));
  }

  private void mustBeMasked(int number) {
    if (number > 0) {
      String text = new String(released.utf8(), StandardCharsets.UTF_8);
      if (!text.contains("***@***.com") || text.contains("@example.com")) {
        throw new IllegalStateException("the benchmark timed a call that was not masked");
      }
    }
  }

  private static Json released(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Released done) {
      return done.result();
    }
    throw new IllegalStateException("the benchmark timed a denial: " + outcome);
  }

  private static List<Samples> bareWrites(
      int rounds, int perRound, int recordBytes, Durability durability) {
    try (BareRecords records = new BareRecords(recordBytes, durability)) {
      return Timing.rounds(
          rounds,
          perRound,
          NANOS_PER_MICRO,
          number -> {},
          number -> {
            records.write();
            records.write();
          });
    }
  }
}
