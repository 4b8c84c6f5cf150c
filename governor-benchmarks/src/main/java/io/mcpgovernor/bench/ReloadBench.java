package io.mcpgovernor.bench;

import io.mcpgovernor.CallOutcome;
import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.config.file.ConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reloading a file of a thousand rules, other ones each time, while four threads call: reading and
 * compiling the file, and putting it in force. Each call made meanwhile has to be answered; against
 * reloading the same while nobody calls.
 */
final class ReloadBench {
  private static final double NANOS_PER_MILLI = 1_000_000;
  private static final int RULES = 1_000;
  private static final int RULES_THAT_APPLY = 10;
  private static final int THREADS = 4;

  /** As many as a file can allow. */
  private static final int CALLS_MAX = 1_000_000;

  private static final int WARM_UP_RELOADS = 2;

  /** The goal for a thousand rules, milliseconds. */
  private static final double MILLIS_MAX = 1_500;

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicInteger version = new AtomicInteger();
  private volatile boolean isReloading;
  private volatile boolean isOver;
  private volatile @Nullable Throwable failure;

  private ReloadBench() {}

  static List<Row> run(Scale scale) {
    try (TemporaryDirectory directory = new TemporaryDirectory();
        Governor governor =
            Governor.builder().auditLog(new DiscardingLog()).callsPerHour(CALLS_MAX).build()) {
      new Calls(THREADS).allow(governor);
      return new ReloadBench()
          .measured(
              Math.max(scale.rounds(), 2),
              Math.min(RULES, 2 * scale.perRound()),
              governor,
              directory.path().resolve("governor.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Row> measured(int rounds, int rules, Governor governor, Path file)
      throws IOException {
    for (int i = 0; i < WARM_UP_RELOADS; i++) {
      reload(governor, file, rules);
    }
    Samples quiet = reloads(rounds, rules, governor, file);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int user = i;
      threads.add(Thread.ofPlatform().start(() -> callOn(governor, user)));
    }
    Samples busy;
    try {
      isReloading = true;
      busy = reloads(rounds, rules, governor, file);
      isReloading = false;
    } finally {
      isOver = true;
      threads.forEach(ReloadBench::join);
    }
    if (failure != null) {
      throw new IllegalStateException("a call failed during a reload", failure);
    }
    String name = String.format(Locale.ROOT, "reload of %,d rules: ", rules);
    double made = (double) calls.get();
    double dropped = (double) unanswered.get();
    double longest = longestNanos.get() / NANOS_PER_MILLI;
    return List.of(
        Row.atMost(name + "4 threads call (idle)", "ms", busy.median(), MILLIS_MAX, busy)
            .against(quiet.median()),
        Row.of(name + "calls meanwhile", "", made, Samples.of(made)),
        Row.exactly(name + "not answered", "", dropped, 0, Samples.of(dropped)),
        Row.of(name + "longest call", "ms", longest, Samples.of(longest)));
  }

  private Samples reloads(int rounds, int rules, Governor governor, Path file) throws IOException {
    long[] nanos = new long[rounds];
    for (int round = 0; round < rounds; round++) {
      nanos[round] = reload(governor, file, rules);
    }
    return Samples.ofNanos(nanos, NANOS_PER_MILLI);
  }

  private long reload(Governor governor, Path file, int rules) throws IOException {
    Files.writeString(file, text(rules, version.incrementAndGet()));
    long started = System.nanoTime();
    ConfigFile read = ConfigFile.read(file);
    governor.reload(read.builder());
    long nanos = System.nanoTime() - started;
    if (!governor.policyVersion().equals(read.policyVersion())) {
      throw new IllegalStateException("the benchmark did not reload");
    }
    return nanos;
  }

  /** Rules of which none holds. */
  private static String text(int rules, int version) {
    StringBuilder text = new StringBuilder("limits: {rate: " + CALLS_MAX + "/1h}\nrules:\n");
    for (int i = 0; i < rules; i++) {
      text.append(
          """
            - name: r%d
              tools: ["%s"]
              when: args.limit > %d && !("admin" in user.roles)
              deny: {reason: "Not like this.", suggestions: ["Ask for less."]}
          """
              .formatted(
                  i,
                  i % (rules / RULES_THAT_APPLY) == 0 ? "get_customer_*" : "other_" + i,
                  1_000 + version));
    }
    return text.toString();
  }

  private void callOn(Governor governor, int user) {
    ToolHandler tool =
        call -> CompletableFuture.completedFuture(new ToolResult(Json.of(Map.of("n", 1)), false));
    try {
      for (int number = 0; !isOver; number++) {
        boolean counts = isReloading;
        long started = System.nanoTime();
        CallOutcome outcome = governor.call(Calls.by(user, number), tool);
        long nanos = System.nanoTime() - started;
        if (counts) {
          calls.incrementAndGet();
          longestNanos.accumulateAndGet(nanos, Math::max);
          if (!(outcome instanceof CallOutcome.Released)) {
            unanswered.incrementAndGet();
          }
        }
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
