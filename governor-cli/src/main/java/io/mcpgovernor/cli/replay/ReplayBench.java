package io.mcpgovernor.cli.replay;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.Replay;
import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import io.mcpgovernor.bench.TemporaryDirectory;
import io.mcpgovernor.cli.audit.MergedScan;
import io.mcpgovernor.cli.audit.Trouble;
import io.mcpgovernor.config.rule.EffectText;
import io.mcpgovernor.config.rule.RuleCompiler;
import io.mcpgovernor.config.rule.RuleText;
import io.mcpgovernor.policy.Rule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures replaying a log under limits and ten rules, all of which are asked, against only reading
 * the log: what each line is, and when it was written.
 */
public final class ReplayBench {
  private static final int ROUNDS = 3;
  private static final int RULES = 10;

  /** The goal for a million records, seconds. */
  private static final double SECONDS_MAX = 30;

  private ReplayBench() {}

  /**
   * Measures, in a temporary directory that is deleted again.
   *
   * @param records how many records the log has
   * @param progress is told what is being done
   * @throws IOException if a file cannot be written or read
   */
  public static Report run(long records, Consumer<String> progress) throws IOException {
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      Path log = directory.path().resolve("audit");
      progress.accept("replay: writing a log of " + records + " records");
      ReplaySample.write(log, records);
      double[] reading = new double[ROUNDS];
      double[] replaying = new double[ROUNDS];
      double[] working = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        progress.accept("replay: round " + (round + 1) + " of " + ROUNDS);
        reading[round] = read(log);
        long cpuBegun = cpuNanos();
        replaying[round] = replay(log, records);
        working[round] = (cpuNanos() - cpuBegun) / 1e9;
      }
      Samples samples = Samples.of(replaying);
      String name = String.format(Locale.ROOT, "replay of %,d records (read)", records);
      return new Report(
          List.of(
              Row.atMost(name, "s", samples.median(), SECONDS_MAX, samples)
                  .against(Samples.of(reading).median()),
              // What it takes where nobody else uses the machine.
              Row.of("replay: CPU time", "s", Samples.of(working).median(), Samples.of(working))));
    }
  }

  private static double read(Path log) throws IOException {
    long begun = System.nanoTime();
    try (MergedScan scan = new MergedScan(List.of(log), new Trouble())) {
      while (scan.next() != null) {
        // only read
      }
    }
    return secondsSince(begun);
  }

  private static double replay(Path log, long records) throws IOException {
    long begun = System.nanoTime();
    ReplayTally tally =
        new LogReplay(new Replay(candidate(), List.of()), Long.MIN_VALUE, null, (read, last) -> {})
            .run(List.of(log), new Trouble());
    double seconds = secondsSince(begun);
    if (2 * tally.calls() < records || tally.toDenied() == 0 || tally.unreplayable() > 0) {
      throw new IllegalStateException("the benchmark did not replay what it wrote");
    }
    return seconds;
  }

  private static GovernorBuilder candidate() {
    RuleCompiler compiler = new RuleCompiler(Set.of("email"));
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      String when =
          i % 2 == 0
              ? "args.limit > %d && tool.server == \"crm\"".formatted(990 + i)
              : "usage.calls_hour > %d || args.include.exists(each, each == \"salaries\")"
                  .formatted(100_000 + i);
      rules.add(
          compiler.compile(
              new RuleText(
                  "r" + i,
                  "",
                  when,
                  List.of(),
                  Rule.Moment.CALL,
                  Rule.Mode.ENFORCE,
                  new EffectText.Deny("Not like this.", List.of("Ask for less.")))));
    }
    return Governor.builder().callsPerHour(1_000_000).complexityBelow(85).rules(rules);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double secondsSince(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
