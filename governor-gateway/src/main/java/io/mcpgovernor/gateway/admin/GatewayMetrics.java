package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.audit.AuditObserver;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.relay.UpstreamState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** All metrics of a gateway, in the text format of Prometheus. Thread-safe. */
public final class GatewayMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CallMetrics calls = new CallMetrics(registry, new ToolLabels());
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final MultiGauge version =
      MultiGauge.builder("governor.config.info")
          .description("The policy version in force, as a label of a 1.")
          .register(registry);

  /** Nothing is counted yet but what the JVM counts. */
  public GatewayMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** What looks at the audit log. */
  public AuditObserver observer() {
    return calls;
  }

  /** Whether the audit log did not keep the last record. */
  boolean isAuditFailing() {
    return calls.isFailing();
  }

  /** A server that is watched from now on; it owns the other one. */
  public Upstream watched(String server, Upstream upstream) {
    return new WatchedUpstream(server, upstream, registry);
  }

  /** Counts what a gateway is made of. */
  void bind(GatewayState state) {
    gauge(
        "governor.in.flight.bytes",
        "Bytes of messages in the gateway now.",
        state,
        s -> s.inFlightBytes().getAsLong());
    gauge(
        "governor.connections",
        "Clients that are connected.",
        state,
        s -> s.connections().getAsInt());
    state.servers().forEach(this::bind);
    FunctionCounter.builder("governor.config.reloads", state, s -> s.configuration().taken())
        .description("Changes of the configuration, by whether they were taken over.")
        .tag("outcome", "taken")
        .register(registry);
    FunctionCounter.builder("governor.config.reloads", state, s -> s.configuration().refused())
        .description("Changes of the configuration, by whether they were taken over.")
        .tag("outcome", "refused")
        .register(registry);
  }

  private void bind(String name, GatewayState.Server server) {
    Gauge.builder("governor.sessions", server, s -> s.sessions().getAsInt())
        .description("Sessions that clients have with a server.")
        .tag("server", name)
        .register(registry);
    Gauge.builder("governor.upstream.up", server, s -> up(s.upstream()))
        .description("Whether a server answers: 1 yes, 0.5 about to be tried again, 0 no.")
        .tag("server", name)
        .register(registry);
    Gauge.builder("governor.tools.quarantined", server, s -> s.quarantined().getAsInt())
        .description("Tools of a server that wait for approval.")
        .tag("server", name)
        .register(registry);
  }

  private static double up(Supplier<UpstreamState> state) {
    return switch (state.get()) {
      case UP -> 1;
      case TRYING -> 0.5;
      case DOWN -> 0;
    };
  }

  private void gauge(
      String name, String description, GatewayState state, ToDoubleFunction<GatewayState> value) {
    Gauge.builder(name, state, value).description(description).register(registry);
  }

  /**
   * All of them.
   *
   * @param policyVersion the one in force
   */
  String scrape(String policyVersion) {
    version.register(List.of(MultiGauge.Row.of(Tags.of("version", policyVersion), 1)), true);
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
