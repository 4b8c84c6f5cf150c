package io.mcpgovernor.bench;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.ValidationResult;
import java.util.List;
import java.util.Locale;

/**
 * All checks of an allowed call, one thread: identity, size, schema, limits, tenant, PII
 * permission, complexity, write-back and the charge, against parsing the call's arguments once.
 */
final class ValidationBench {
  private static final double NANOS_PER_MICRO = 1_000;

  private CallRequest request = Calls.by(0, 0);
  private Json baselineArguments = Json.EMPTY_OBJECT;

  /** Measures with so many known users. */
  static List<Row> run(Scale scale, int users) {
    int callsInAll = scale.perRound() * (scale.rounds() + Timing.WARM_UP_ROUNDS);
    try (Governor governor =
        Governor.builder()
            .auditLog(new DiscardingLog())
            // One user makes all calls and must not run into the limit.
            .callsPerHour(users == 1 ? callsInAll : 100)
            .build()) {
      return new ValidationBench().run(scale, users, governor);
    }
  }

  private List<Row> run(Scale scale, int users, Governor governor) {
    Calls calls = new Calls(users);
    calls.allow(governor);
    if (users > 1) {
      for (int user = 0; user < users; user++) {
        check(governor, Calls.by(user, user)); // so that each has a window
      }
    }
    List<Samples> validation =
        Timing.rounds(
            scale.rounds(),
            scale.perRound(),
            NANOS_PER_MICRO,
            number -> request = calls.next(number),
            number -> check(governor, request));
    List<Samples> parsing =
        Timing.rounds(
            scale.rounds(),
            scale.perRound(),
            NANOS_PER_MICRO,
            number -> baselineArguments = Json.utf8(Calls.arguments(number).utf8()),
            number -> baselineArguments.tree());
    String name = String.format(Locale.ROOT, "validate, %,d user%s", users, users == 1 ? "" : "s");
    Samples all = Samples.together(validation);
    double parsingMean = Samples.medianOf(parsing, Samples::mean);
    double parsingP99 = Samples.medianOf(parsing, Samples::p99);
    double mean = Samples.medianOf(validation, Samples::mean);
    double p99 = Samples.medianOf(validation, Samples::p99);
    return List.of(
        Row.atMost(name + ": mean (parse)", "us", mean, 3, all).against(parsingMean),
        Row.atMost(name + ": p99 (parse)", "us", p99, 20, all).against(parsingP99),
        Row.atMost(name + ": p99, seed's goal", "us", p99, 100_000, all));
  }

  private static void check(Governor governor, CallRequest request) {
    ValidationResult result = governor.validate(request).toCompletableFuture().join();
    if (!result.isAllowed()) {
      throw new IllegalStateException("the benchmark timed a denial: " + result.reason());
    }
  }
}
