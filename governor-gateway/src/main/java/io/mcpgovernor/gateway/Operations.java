package io.mcpgovernor.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.config.file.AdminConfig;
import io.mcpgovernor.config.file.AdminTlsConfig;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.ConfigWatcher;
import io.mcpgovernor.gateway.admin.AdminFront;
import io.mcpgovernor.gateway.admin.GatewayMetrics;
import io.mcpgovernor.gateway.admin.GatewayState;
import io.mcpgovernor.gateway.admin.GatewayState.Configuration;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.identity.TlsFiles;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Upstream;
import io.mcpgovernor.gateway.trace.TraceExport;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a gateway, the file it follows, and what operators see of both. Without an admin
 * listener nothing is counted. Thread-safe.
 */
final class Operations implements AutoCloseable {
  private static final List<String> TRACING =
      List.of(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
          "OTEL_TRACES_EXPORTER",
          "OTEL_METRICS_EXPORTER");

  private final ConfigFile file;
  private final Governor governor;
  private final @Nullable ConfigWatcher watcher;
  private final @Nullable GatewayMetrics metrics;
  private @Nullable AdminFront front;
  private @Nullable TraceExport traces;

  private Operations(
      ConfigFile file,
      Governor governor,
      @Nullable ConfigWatcher watcher,
      @Nullable GatewayMetrics metrics) {
    this.file = file;
    this.governor = governor;
    this.watcher = watcher;
    this.metrics = metrics;
  }

  /** An engine as a configuration says, which follows its file. */
  static Operations following(ConfigFile file) {
    GatewayMetrics metrics = file.config().admin() == null ? null : new GatewayMetrics();
    UnaryOperator<GovernorBuilder> observed =
        builder -> metrics == null ? builder : builder.auditObserver(metrics.observer());
    Governor governor = observed.apply(file.builder()).build();
    ConfigWatcher watcher =
        ConfigWatcher.start(file, next -> governor.reload(observed.apply(next.builder())));
    return new Operations(file, governor, watcher, metrics);
  }

  /** With an engine of one's own, which is closed with this. */
  static Operations of(ConfigFile file, Governor governor) {
    return new Operations(file, governor, null, null);
  }

  /** Following a file, exported as somebody else has said, who also ends that. */
  static Operations traced(ConfigFile file, TraceExport traces) {
    Operations operations = following(file);
    operations.traces = traces;
    return operations;
  }

  Governor governor() {
    return governor;
  }

  /** A server as it is used from now on. */
  Upstream watched(String server, Upstream upstream) {
    return metrics == null ? upstream : metrics.watched(server, upstream);
  }

  /** An endpoint as clients reach it from now on. */
  Consumer<ClientExchange> traced(
      String server, Catalogue catalogue, Consumer<ClientExchange> endpoint) {
    if (traces == null && watcher != null && isTracingWanted(System.getenv())) {
      traces = TraceExport.start(Map.of(), RelayBounds.of(file.config()).client());
    }
    return traces == null ? endpoint : traces.traced(server, catalogue::knows, endpoint);
  }

  /** Whether the usual variables say where to export, and none says not to. */
  static boolean isTracingWanted(Map<String, String> environment) {
    return !"true".equalsIgnoreCase(environment.get("OTEL_SDK_DISABLED"))
        && TRACING.stream().anyMatch(environment::containsKey);
  }

  /** Listens for operators, if the configuration says so. */
  void open(GatewayState state) throws IOException {
    AdminConfig admin = file.config().admin();
    if (admin != null && metrics != null) {
      AdminTlsConfig tls = admin.tls();
      front =
          AdminFront.start(
              admin,
              tls == null
                  ? null
                  : TlsFiles.once(file.resolve(tls.certificate()), file.resolve(tls.key())),
              state,
              metrics);
    }
  }

  /** The file as it is followed. */
  Configuration configuration() {
    return new Configuration() {
      @Override
      public String version() {
        return governor.policyVersion();
      }

      @Override
      public long taken() {
        return watcher == null ? 0 : watcher.taken();
      }

      @Override
      public long refused() {
        return watcher == null ? 0 : watcher.refused();
      }

      @Override
      public String problem() {
        return watcher == null ? "" : watcher.problem();
      }

      @Override
      public void reload() {
        Operations.this.reload();
      }
    };
  }

  /** Takes the file over now; what is wrong with it is thrown, and what ran goes on. */
  void reload() {
    if (watcher == null) {
      throw new IllegalStateException("this engine follows no file");
    }
    watcher.reload();
  }

  /** Where operators ask; null if nowhere. */
  @Nullable URI address() {
    return front == null ? null : front.address();
  }

  /** What operators can ask for. */
  List<String> routes() {
    return front == null ? List.of() : front.routes();
  }

  /** The gateway ends, and whoever asks whether it is ready is told. */
  void leave() {
    if (front != null) {
      front.leave();
    }
  }

  @Override
  public void close() {
    if (front != null) {
      front.close();
    }
    if (watcher != null) {
      watcher.close();
    }
    governor.close();
    if (traces != null) {
      traces.close();
    }
    if (metrics != null) {
      metrics.close();
    }
  }
}
