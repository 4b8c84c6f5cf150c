package io.mcpgovernor.gateway.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.file.Address;
import io.mcpgovernor.config.file.AdminConfig;
import io.mcpgovernor.config.file.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin listener: health, metrics and administration, on an address of its own and with few
 * threads of its own, so that neither gets into the way of calls. Thread-safe.
 */
public final class AdminFront implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminFront.class);
  private static final int BODY_BYTES_MAX = 65_536;
  private static final int URL_CHARS_MAX = 4_096;
  private static final int THREADS = 4;
  private static final int WAITING_MAX = 64;
  private static final int BACKLOG = 64;

  static {
    // The JDK's server reads these once; who runs the process may have said otherwise.
    unlessSaid("sun.net.httpserver.maxReqTime", "10"); // seconds
    unlessSaid("sun.net.httpserver.maxRspTime", "30");
    unlessSaid("jdk.httpserver.maxConnections", "64");
    unlessSaid("sun.net.httpserver.maxReqHeaders", "64");
  }

  private final HttpServer server;
  private final boolean isLocal;
  private final String scheme;
  private final ThreadPoolExecutor threads;
  private final AdminToken token;
  private final List<AdminRoute> routes;
  private final Health health;

  private AdminFront(
      AdminConfig config, @Nullable SSLContext tls, GatewayState state, GatewayMetrics metrics)
      throws IOException {
    Address listen = config.listen();
    isLocal = listen.isLoopback();
    scheme = tls == null ? "http://" : "https://";
    if (!isLocal && tls == null) {
      throw new IOException(
          "The admin listener has no TLS, so it listens on this machine only; say admin.tls.");
    }
    Secret secret = config.token();
    token = new AdminToken(secret == null ? null : secret.value());
    health = new Health(state, metrics);
    routes = new ArrayList<>();
    routes.add(AdminRoute.open("/livez", request -> health.live()));
    // Whoever asks from elsewhere and has no token learns no more than a load balancer must know.
    routes.add(AdminRoute.open("/readyz", request -> health.ready(isLocal)));
    routes.add(
        new AdminRoute(
            "GET",
            "/metrics",
            isLocal,
            request ->
                Reply.text(
                    "text/plain; version=0.0.4; charset=utf-8",
                    metrics.scrape(state.configuration().version()))));
    routes.add(AdminRoute.open("/openapi.json", request -> OpenApi.reply()));
    routes.addAll(new Administration(state).routes());
    metrics.bind(state);
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            task -> {
              Thread thread = new Thread(task, "governor-admin");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    try {
      server = listening(new InetSocketAddress(listen.host(), listen.port()), tls);
    } catch (IOException e) {
      threads.shutdownNow();
      throw new IOException("Cannot listen on " + listen + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer listening(InetSocketAddress at, @Nullable SSLContext tls)
      throws IOException {
    if (tls == null) {
      return HttpServer.create(at, BACKLOG);
    }
    HttpsServer server = HttpsServer.create(at, BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static void unlessSaid(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Listens.
   *
   * @param tls null for none
   * @throws IOException if the address cannot be had, or others could ask there without TLS
   */
  public static AdminFront start(
      AdminConfig config, @Nullable SSLContext tls, GatewayState state, GatewayMetrics metrics)
      throws IOException {
    return new AdminFront(config, tls, state, metrics);
  }

  /** Where it listens. */
  public URI address() {
    InetSocketAddress at = server.getAddress();
    return URI.create(scheme + new Address(at.getAddress().getHostAddress(), at.getPort()));
  }

  /** What it does: a method of HTTP and a path each. */
  public List<String> routes() {
    return routes.stream().map(route -> route.method() + " " + route.path()).toList();
  }

  /** The gateway ends: {@code /readyz} says so from now on. */
  public void leave() {
    health.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (ProblemException e) {
        reply = e.reply();
      } catch (RuntimeException e) { // nothing of it may reach whoever asked
        LOG.error("An administrator's request failed", e);
        reply = Reply.problem(500, "The request failed; the gateway's log says why.");
      }
      send(exchange, reply);
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException, ProblemException {
    List<String> hosts = exchange.getRequestHeaders().get("Host");
    if (hosts == null || hosts.size() != 1 || (isLocal && !isLoopback(hosts.getFirst()))) {
      throw new ProblemException(
          403, "The admin listener is not to be asked under this Host; ask it as 127.0.0.1.");
    }
    if (exchange.getRequestHeaders().containsKey("Origin")) {
      throw new ProblemException(403, "The admin listener is not for web pages.");
    }
    URI uri = exchange.getRequestURI();
    if (uri.toString().length() > URL_CHARS_MAX) {
      throw new ProblemException(400, "The address of the request is too long.");
    }
    List<AdminRoute> there =
        routes.stream().filter(route -> route.path().equals(uri.getPath())).toList();
    if (there.isEmpty()) {
      return Reply.problem(404, "There is nothing here; GET /openapi.json says what there is.");
    }
    String method =
        exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
    for (AdminRoute route : there) {
      if (route.method().equals(method)) {
        Reply refused = route.isOpen() ? null : refusal(exchange);
        return refused != null
            ? refused
            : route.action().handle(new AdminRequest(query(uri), Json.utf8(body(exchange))));
      }
    }
    String allowed = String.join(", ", there.stream().map(AdminRoute::method).toList());
    return Reply.problem(405, "This is asked with " + allowed + ".").with("Allow", allowed);
  }

  private @Nullable Reply refusal(HttpExchange exchange) {
    if (!token.isSet()) {
      return Reply.problem(
          403, "Administration is off; say admin: token in the configuration to turn it on.");
    }
    return token.isIn(exchange.getRequestHeaders().get("Authorization"))
        ? null
        : Reply.problem(401, "Send the token of the configuration: Authorization: Bearer TOKEN.")
            .with("WWW-Authenticate", "Bearer realm=\"governor-admin\"");
  }

  private static boolean isLoopback(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon < 0 || colon < host.indexOf(']') ? host : host.substring(0, colon);
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    return new Address(bare, 0).isLoopback();
  }

  private static Map<String, String> query(URI uri) throws ProblemException {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = uri.getRawQuery();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (query.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
        throw new ProblemException(400, "The parameter " + name + " is there twice.");
      }
    }
    return query;
  }

  private static String decoded(String text) throws ProblemException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "The parameters of the address cannot be read.");
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException, ProblemException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(BODY_BYTES_MAX + 1);
      if (body.length > BODY_BYTES_MAX) {
        throw new ProblemException(413, "A body has at most " + BODY_BYTES_MAX + " bytes.");
      }
      return body;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
