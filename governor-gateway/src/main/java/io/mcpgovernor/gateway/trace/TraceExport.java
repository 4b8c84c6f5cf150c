package io.mcpgovernor.gateway.trace;

import io.mcpgovernor.gateway.message.MalformedMessageException;
import io.mcpgovernor.gateway.message.Message;
import io.mcpgovernor.gateway.message.MessageBounds;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Verb;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Spans and durations of requests by OpenTelemetry, exported as its usual variables say. They name
 * methods and tools, and nothing of arguments, results, users or tenants. Thread-safe.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/">OpenTelemetry: semantic
 *     conventions for MCP</a>
 */
public final class TraceExport implements AutoCloseable {
  private static final String SCOPE = "io.mcpgovernor.gateway";
  private static final String OTHER = "_OTHER";
  private static final String UNKNOWN_TOOL = "_unknown";
  private static final String CALL = "tools/call";
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("mcp.method.name");
  private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  private static final AttributeKey<String> SERVER = AttributeKey.stringKey("governor.server");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  /** What clients ask; any other method is one that only a client knows. */
  private static final Set<String> METHODS =
      Set.of(
          "initialize",
          "ping",
          "server/discover",
          CALL,
          "tools/list",
          "resources/list",
          "resources/read",
          "resources/templates/list",
          "resources/subscribe",
          "resources/unsubscribe",
          "prompts/list",
          "prompts/get",
          "completion/complete",
          "logging/setLevel",
          "tasks/get",
          "tasks/list",
          "tasks/result",
          "tasks/cancel");

  private static final List<Double> SECONDS =
      List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final DoubleHistogram durations;
  private final MessageBounds bounds;

  private TraceExport(Map<String, String> properties, MessageBounds bounds) {
    this.sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(
                () ->
                    Map.of(
                        "otel.service.name", "mcp-governor",
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.logs.exporter", "none"))
            .addPropertiesCustomizer(config -> properties)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    this.bounds = bounds;
    this.tracer = sdk.getTracer(SCOPE);
    this.durations =
        sdk.getMeter(SCOPE)
            .histogramBuilder("mcp.server.operation.duration")
            .setDescription("How long requests of clients took.")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(SECONDS)
            .build();
  }

  /**
   * Starts to export.
   *
   * @param properties stand before variables of the environment; usually none
   * @param bounds of clients' messages
   * @throws IllegalStateException if the variables say what cannot be
   */
  public static TraceExport start(Map<String, String> properties, MessageBounds bounds) {
    try {
      return new TraceExport(properties, bounds);
    } catch (ConfigurationException e) {
      throw new IllegalStateException(
          "the variables of OpenTelemetry cannot be followed: " + e.getMessage(), e);
    }
  }

  /**
   * An endpoint whose requests are exported.
   *
   * @param tools whether the server has a tool of a name; others are not named
   */
  public Consumer<ClientExchange> traced(
      String server, Predicate<String> tools, Consumer<ClientExchange> endpoint) {
    return exchange -> {
      Message message = request(exchange);
      if (message == null) {
        endpoint.accept(exchange);
        return;
      }
      handle(message, server, tools, exchange, endpoint);
    };
  }

  /** The request of an exchange; null for what is none, which the endpoint will say. */
  private @Nullable Message request(ClientExchange exchange) {
    if (exchange.verb() != Verb.POST) {
      return null;
    }
    try {
      Message message = Message.ofClient(exchange.body(), bounds);
      return message.kind() == Message.Kind.REQUEST ? message : null;
    } catch (MalformedMessageException e) {
      return null;
    }
  }

  private void handle(
      Message message,
      String server,
      Predicate<String> tools,
      ClientExchange exchange,
      Consumer<ClientExchange> endpoint) {
    String method = METHODS.contains(message.method()) ? message.method() : OTHER;
    AttributesBuilder attributes = Attributes.builder().put(METHOD, method).put(SERVER, server);
    String named = method.equals(CALL) ? message.text("name") : null;
    Span span =
        tracer
            .spanBuilder(method)
            .setSpanKind(SpanKind.SERVER)
            .setParent(TraceParent.of(message))
            .startSpan();
    WatchedExchange watched = new WatchedExchange(exchange);
    long began = System.nanoTime();
    try {
      endpoint.accept(watched);
    } finally {
      double seconds = (System.nanoTime() - began) / 1e9;
      if (named != null) {
        // Known by now, if it is: the first call of all makes the gateway list the tools.
        String tool = tools.test(named) ? named : UNKNOWN_TOOL;
        attributes.put(TOOL, tool);
        span.updateName(method + " " + tool);
      }
      int status = watched.status();
      if (status >= 400) {
        attributes.put(ERROR, String.valueOf(status));
        span.setStatus(StatusCode.ERROR);
      }
      Attributes all = attributes.build();
      span.setAllAttributes(all);
      span.end();
      durations.record(seconds, all, Context.root());
    }
  }

  /** Exports what is left, for some seconds at most. */
  @Override
  public void close() {
    sdk.close();
  }
}
