package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.UpstreamState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose answers are timed and whose failures are counted. Thread-safe. */
final class WatchedUpstream implements Upstream {
  private static final Duration[] BUCKETS =
      CallMetrics.millis(1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000);

  /** So many failures in a row, and the last of them just now, and it looks as if it were down. */
  private static final int FAILURES_MAX = 3;

  private static final long JUST_NOW = Duration.ofSeconds(30).toNanos();

  private final Upstream upstream;
  private final Timer answered;
  private final Timer failed;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long failedAt;

  /**
   * Watches a server.
   *
   * @param upstream owned from now on
   */
  WatchedUpstream(String name, Upstream upstream, MeterRegistry registry) {
    this.upstream = upstream;
    this.answered = timer(name, "answered", registry);
    this.failed = timer(name, "failed", registry);
  }

  private static Timer timer(String name, String outcome, MeterRegistry registry) {
    return Timer.builder("governor.upstream.request")
        .description("How long servers took to begin an answer, or to fail.")
        .tag("server", name)
        .tag("outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  @Override
  public UpstreamReply send(UpstreamRequest request)
      throws UpstreamException, InterruptedException {
    long began = System.nanoTime();
    try {
      UpstreamReply reply = upstream.send(request);
      answered.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
      if (failures.get() > 0) {
        failures.set(0);
      }
      return reply;
    } catch (UpstreamException e) {
      long now = System.nanoTime();
      failed.record(now - began, TimeUnit.NANOSECONDS);
      failedAt = now;
      failures.incrementAndGet();
      throw e;
    }
  }

  @Override
  public UpstreamState state() {
    UpstreamState known = upstream.state();
    if (known != UpstreamState.UP || failures.get() < FAILURES_MAX) {
      return known;
    }
    return System.nanoTime() - failedAt < JUST_NOW ? UpstreamState.DOWN : UpstreamState.TRYING;
  }

  @Override
  public void close() {
    upstream.close();
  }
}
