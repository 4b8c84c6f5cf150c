package io.mcpgovernor.bench;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.policy.Permit;
import io.mcpgovernor.policy.RateLimit;
import io.mcpgovernor.policy.RateLimit.By;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The rate limit: what a user's window costs in memory, and whether threads can get past it. */
final class RateWindowBench {
  private static final int THREADS = 16;
  private static final int LIMIT = 100;
  private static final int BYTES_PER_USER = 110;
  private static final int BYTES_PER_CALL = 4;

  private RateWindowBench() {}

  static List<Row> run(Scale scale) {
    return List.of(memory(scale.users(), 1), memory(scale.users() / 20, LIMIT), contention(scale));
  }

  /** Heap before and after, for each user. */
  private static Row memory(int users, int callsEach) {
    RateLimit limit = new RateLimit(LIMIT, Duration.ofHours(1), Set.of(By.USER), TimeSource.SYSTEM);
    long before = usedHeap();
    double bytes;
    try {
      for (int user = 0; user < users; user++) {
        ToolCall call = call("user-" + user);
        for (int i = 0; i < callsEach; i++) {
          if (!(limit.acquire(call) instanceof Permit)) {
            throw new IllegalStateException("a call within the limit was refused");
          }
        }
      }
      bytes = (usedHeap() - before) / (double) users;
    } finally {
      Reference.reachabilityFence(limit);
    }
    return Row.atMost(
        "rate window, " + callsEach + " call" + (callsEach == 1 ? "" : "s") + " a user: memory",
        "B/user",
        bytes,
        BYTES_PER_USER + BYTES_PER_CALL * callsEach,
        Samples.of(bytes));
  }

  /** Many threads, one user: in how many rounds exactly the limit got through. */
  private static Row contention(Scale scale) {
    int exact = 0;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Governor governor =
        Governor.builder().auditLog(new DiscardingLog()).callsPerHour(LIMIT).build()) {
      new Calls(scale.contentionRounds()).allow(governor);
      for (int round = 0; round < scale.contentionRounds(); round++) {
        if (allowed(threads, governor, round) == LIMIT) {
          exact++;
        }
      }
    } finally {
      threads.shutdown();
    }
    return Row.exactly(
        "16 threads, one limit of 100: exact rounds",
        "rounds",
        exact,
        scale.contentionRounds(),
        Samples.of(exact));
  }

  private static int allowed(ExecutorService threads, Governor governor, int user) {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<Integer>> counts = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      counts.add(
          threads.submit(
              () -> {
                start.await();
                int allowed = 0;
                for (int i = 0; i < 2 * LIMIT / THREADS; i++) {
                  if (governor
                      .validate(Calls.by(user, i))
                      .toCompletableFuture()
                      .join()
                      .isAllowed()) {
                    allowed++;
                  }
                }
                return allowed;
              }));
    }
    try {
      int sum = 0;
      for (Future<Integer> count : counts) {
        sum += count.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ToolCall call(String user) {
    return new ToolCall(
        "bench",
        Principal.verified(user),
        null,
        Tool.unknown("bench", "tool"),
        Json.EMPTY_OBJECT,
        Instant.EPOCH);
  }

  /** Heap in use once collecting garbage no longer makes it smaller. */
  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    while (true) {
      System.gc();
      long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (now >= used) {
        return used;
      }
      used = now;
    }
  }
}
