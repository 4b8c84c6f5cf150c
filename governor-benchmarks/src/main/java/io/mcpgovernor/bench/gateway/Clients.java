package io.mcpgovernor.bench.gateway;

import com.sun.management.OperatingSystemMXBean;
import io.mcpgovernor.bench.Samples;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients that call one target in a closed loop, each on a thread of its own: the next call begins
 * when the last one is answered. Connections stay open between slices. Not thread-safe.
 */
final class Clients implements AutoCloseable {
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final OperatingSystemMXBean OWN =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Target target;
  private final List<LoadClient> clients = new ArrayList<>();
  private final ExecutorService threads;

  private Clients(Target target, int count) {
    this.target = target;
    this.threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().factory());
  }

  /**
   * Connects all, and sees that what they get is what they should.
   *
   * @param bytes how long the text of each result is
   * @throws IOException if the target does not answer; names it
   */
  static Clients open(Target target, String protocol, int count, int bytes) throws IOException {
    Clients clients = new Clients(target, count);
    try {
      for (int i = 0; i < count; i++) {
        LoadClient client = LoadClient.open(target, protocol);
        clients.clients.add(client);
        target.check(client.first(bytes));
      }
    } catch (IOException e) {
      clients.close();
      throw new IOException(target.name() + ": " + e.getMessage(), e);
    }
    return clients;
  }

  /**
   * Lets all call for so long.
   *
   * @throws IOException if any call was not answered as expected; figures of failures are none
   */
  Slice run(Duration time) throws IOException {
    CountDownLatch ready = new CountDownLatch(clients.size());
    CountDownLatch go = new CountDownLatch(1);
    List<Future<long[]>> loops = new ArrayList<>();
    for (LoadClient client : clients) {
      loops.add(
          threads.submit(
              () -> {
                ready.countDown();
                go.await();
                return loop(client, System.nanoTime() + time.toNanos());
              }));
    }
    try {
      ready.await();
      long cpu = target.cpuNanos();
      long ownCpu = OWN.getProcessCpuTime();
      long started = System.nanoTime();
      go.countDown();
      long[] nanos = new long[0];
      for (Future<long[]> loop : loops) {
        long[] more = loop.get();
        int old = nanos.length;
        nanos = Arrays.copyOf(nanos, old + more.length);
        System.arraycopy(more, 0, nanos, old, more.length);
      }
      double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
      ownCpu = OWN.getProcessCpuTime() - ownCpu;
      cpu = target.cpuNanos() - cpu;
      int calls = nanos.length;
      return new Slice(
          Samples.ofNanos(nanos, NANOS_PER_MICRO),
          calls,
          seconds,
          cpu / NANOS_PER_MICRO / calls,
          ownCpu / NANOS_PER_MICRO / calls);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(target.name() + ": " + cause.getMessage(), cause);
    }
  }

  /** At least one call, however short the time. */
  private static long[] loop(LoadClient client, long until) throws IOException {
    long[] nanos = new long[1_024];
    int calls = 0;
    do {
      if (calls == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * calls);
      }
      nanos[calls++] = client.call();
    } while (System.nanoTime() < until);
    return Arrays.copyOf(nanos, calls);
  }

  long reconnected() {
    return clients.stream().mapToLong(LoadClient::reconnected).sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (LoadClient client : clients) {
      try {
        client.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }
}
