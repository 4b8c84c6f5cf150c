package io.mcpgovernor.policy;

import io.mcpgovernor.call.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** At most so many calls of a user at the same time. Thread-safe. */
public final class Concurrency implements Quota {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int callsMax;
  // As large as the number of users with a running call: the last permit takes its entry along.
  private final Map<String, Integer> running;

  /**
   * A limit.
   *
   * @param callsMax calls a user may have running, at least 1
   */
  public Concurrency(int callsMax) {
    this(callsMax, new ConcurrentHashMap<>());
  }

  private Concurrency(int callsMax, Map<String, Integer> running) {
    if (callsMax < 1) {
      throw new IllegalArgumentException("a limit must be at least 1");
    }
    this.callsMax = callsMax;
    this.running = running;
  }

  /** A limit of so many calls that goes on with the calls running under this one. */
  public Concurrency with(int callsMax) {
    return new Concurrency(callsMax, running);
  }

  @Override
  public Decision peek(ToolCall call) {
    return running.getOrDefault(call.principal().key(), 0) < callsMax ? Decision.allow() : deny();
  }

  @Override
  public Acquired acquire(ToolCall call) {
    String user = call.principal().key();
    Runnable release =
        () -> running.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
    if (running.putIfAbsent(user, 1) == null) {
      return Permit.of(release, release); // the only call of its user, as nearly always
    }
    boolean[] taken = new boolean[1];
    running.compute(
        user,
        (key, count) -> {
          int now = count == null ? 0 : count;
          taken[0] = now < callsMax;
          return taken[0] ? Integer.valueOf(now + 1) : count;
        });
    return taken[0] ? Permit.of(release, release) : deny();
  }

  private Decision.Deny deny() {
    return new Decision.Deny(
        DenialCode.CONCURRENCY,
        "Too many calls at once: " + callsMax + " may run at the same time.",
        List.of("Wait until one of your running calls has ended, then call again."),
        RETRY_AFTER,
        Map.of("concurrency_limit", callsMax));
  }
}
