package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.TemporaryDirectory;
import io.mcpgovernor.bench.gateway.Target.Masking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code governor bench gateway}: calls through {@code governor serve} beside the same calls
 * straight to the server, through nginx, and through other gateways, in turn. The governor does
 * everything it does: policies, a rule, masking, the audit log (flushed; with fsync in rows of
 * their own).
 */
public final class GatewayBench implements AutoCloseable {
  private static final int WARM_UP_CLIENTS = 8;

  /** Of results longer than this, fewer will do. */
  private static final int WARM_UP_BYTES = 16 << 10;

  private final GatewayOptions options;
  private final Consumer<String> progress;
  private final TemporaryDirectory files = new TemporaryDirectory();
  private final List<AutoCloseable> running = new ArrayList<>();

  private GatewayBench(GatewayOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures; takes some five minutes at full scale.
   *
   * @param progress told what comes next
   * @throws IOException if a process does not start, or does not answer as it should
   */
  public static Report run(GatewayOptions options, Consumer<String> progress) throws IOException {
    try (GatewayBench bench = new GatewayBench(options, progress)) {
      return new Report(bench.measure());
    }
  }

  private List<Row> measure() throws IOException {
    ServerProcess upstream = started(Processes.upstream(options.upstreamPort(), options.form()));
    Target direct = new Target("direct", upstream.uri(), upstream.figures(), Masking.PASSES);
    List<Target> targets = new ArrayList<>(List.of(direct));
    Target governor = governor(upstream, "flush", "governor");
    Target fsync = governor(upstream, "fsync", "fsync");
    if (governor != null) {
      targets.add(governor);
    }
    Target tokens = options.withTokens() ? withTokens(upstream) : null;
    if (tokens != null) {
      targets.add(tokens);
    }
    Optional<Path> nginx = Nginx.installed();
    if (nginx.isPresent()) {
      targets.add(started(Nginx.start(nginx.get(), made("nginx"), upstream.uri())).target());
    } else {
      progress.accept("without nginx, which is not installed");
    }
    options
        .peers()
        .forEach((name, uri) -> targets.add(new Target(name, uri, null, Masking.EITHER)));
    warmUp(fsync == null ? targets : with(targets, fsync));
    List<Row> rows = new ArrayList<>();
    int smallest = options.sizes().stream().min(Integer::compare).orElseThrow();
    for (int bytes : options.sizes()) {
      for (int clients : options.clients()) {
        Load load = new Load(clients, bytes);
        progress.accept(load.text());
        // A disk's time is the same whatever the size, so that once is enough.
        List<Target> asked = fsync == null || bytes != smallest ? targets : with(targets, fsync);
        Map<Target, List<Slice>> taken =
            Turns.take(asked, options.protocol(), load, options.scale());
        rows.addAll(GatewayRows.of(load, taken, direct, governor));
        if (governor != null && tokens != null) {
          rows.add(GatewayRows.ofTokens(load, taken, governor, tokens));
        }
      }
    }
    if (governor != null && governor.process() != null) {
      rows.addAll(GatewayRows.memory(governor.process()));
    }
    return rows;
  }

  private @Nullable Target governor(ServerProcess upstream, String durability, String name)
      throws IOException {
    if (options.governor().isEmpty()) {
      return null;
    }
    ServerProcess process =
        started(
            Processes.governor(
                options.governor(),
                made(name),
                Processes.EVERYONE,
                upstream.uri(),
                durability,
                Map.of()));
    return new Target(name, process.uri(), process.figures(), Masking.MASKS);
  }

  /** A governor whose clients show a token with each request. */
  private @Nullable Target withTokens(ServerProcess upstream) throws IOException {
    if (options.governor().isEmpty()) {
      return null;
    }
    BenchIssuer issuer = new BenchIssuer();
    Path directory = made("jwt");
    ServerProcess process =
        started(
            Processes.governor(
                options.governor(),
                directory,
                issuer.identity(directory),
                upstream.uri(),
                "flush",
                Map.of()));
    return new Target(
        "jwt", process.uri(), issuer.header("bench"), process.figures(), Masking.MASKS);
  }

  private void warmUp(List<Target> targets) throws IOException {
    progress.accept("nothing yet, to warm up");
    for (int bytes : options.sizes()) {
      for (Target target : targets) {
        try (Clients clients = Clients.open(target, options.protocol(), WARM_UP_CLIENTS, bytes)) {
          warmUp(clients, bytes);
        }
      }
    }
  }

  /** By calls and not by time: a machine that does much else is warm later. */
  private void warmUp(Clients clients, int bytes) throws IOException {
    GatewayScale scale = options.scale();
    long until = System.nanoTime() + scale.warmUpMax().toNanos();
    long calls = Math.max(1, scale.warmUpCalls() / Math.max(1, bytes / WARM_UP_BYTES));
    while (calls > 0 && System.nanoTime() < until) {
      calls -= clients.run(scale.slice()).calls();
    }
  }

  private static List<Target> with(List<Target> targets, Target another) {
    List<Target> all = new ArrayList<>(targets);
    all.add(another);
    return all;
  }

  private Path made(String name) throws IOException {
    return Files.createDirectory(files.path().resolve(name));
  }

  private <T extends AutoCloseable> T started(T process) {
    running.add(process);
    return process;
  }

  /** Ends the processes, last started first, and deletes their files. */
  @Override
  public void close() {
    for (AutoCloseable process : running.reversed()) {
      try {
        process.close();
      } catch (Exception e) {
        progress.accept("on, although a process did not end: " + e.getMessage());
      }
    }
    files.close();
  }
}
