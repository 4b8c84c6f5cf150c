package io.mcpgovernor.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.Address;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.EveryoneConfig;
import io.mcpgovernor.config.file.GovernorConfig;
import io.mcpgovernor.config.file.ServerConfig;
import io.mcpgovernor.gateway.admin.GatewayState;
import io.mcpgovernor.gateway.catalogue.Catalogue;
import io.mcpgovernor.gateway.catalogue.Pins;
import io.mcpgovernor.gateway.http.Authenticator;
import io.mcpgovernor.gateway.http.ByteBudget;
import io.mcpgovernor.gateway.http.EventLoops;
import io.mcpgovernor.gateway.http.HttpFront;
import io.mcpgovernor.gateway.http.HttpFrontOptions;
import io.mcpgovernor.gateway.identity.ApiKeys;
import io.mcpgovernor.gateway.identity.Callers;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Relay;
import io.mcpgovernor.gateway.relay.Upstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway over HTTP: one listener, one engine, and a relay to each server of a configuration.
 * The engine follows the configuration file; what it listens on and which servers there are is read
 * at the start. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Operations operations;
  private final List<String> servers;
  private final InetSocketAddress address;
  private final String scheme;

  private Gateway(
      ConfigFile file,
      Operations operations,
      @Nullable Authenticator authenticator,
      Consumer<String> stderr)
      throws IOException {
    this.operations = part(operations);
    Governor governor = operations.governor();
    try {
      GovernorConfig config = file.config();
      Callers callers = part(Callers.start(file, governor));
      ApiKeys keys = callers.apiKeys();
      Pins pins = part(Pins.open(file.resolve(config.pins())));
      EventLoops loops = part(EventLoops.start(EventLoops.THREADS));
      ByteBudget budget = new ByteBudget(config.limits().inFlightBytes().bytes());
      Upstreams upstreams = new Upstreams(file, loops, budget, stderr);
      Map<String, Consumer<ClientExchange>> endpoints = new TreeMap<>();
      Map<String, GatewayState.Server> states = new TreeMap<>();
      for (Map.Entry<String, ServerConfig> server : config.servers().entrySet()) {
        String name = server.getKey();
        Upstream upstream = operations.watched(name, upstreams.of(name, server.getValue()));
        Catalogue catalogue = new Catalogue(name, governor, pins, config::newTools);
        Relay relay = part(new Relay(governor, catalogue, upstream, RelayBounds.of(config)));
        endpoints.put(name, operations.traced(name, catalogue, relay::handle));
        states.put(
            name,
            new GatewayState.Server(
                upstream::state, relay::sessions, () -> pins.quarantined(name)));
      }
      HttpFrontOptions options = options(config, callers, loops, budget);
      if (authenticator != null) {
        options.authenticator(authenticator);
      }
      HttpFront front = HttpFront.start(options, endpoints);
      part(() -> front.close(GRACE));
      operations.open(
          new GatewayState(
              governor,
              operations.configuration(),
              pins,
              file.resolve(config.audit().dir()),
              states,
              front::connections,
              budget::used,
              keys == null ? null : new AdministeredKeys(keys)));
      servers = List.copyOf(endpoints.keySet());
      address = front.address();
      scheme = callers.tls() == null ? "http://" : "https://";
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a gateway as a configuration file says; callers are known as it says.
   *
   * @param stderr takes each line that a server's process logs
   * @throws io.mcpgovernor.config.file.ConfigException if anything is wrong with the file
   * @throws IOException if the address cannot be had
   */
  public static Gateway start(ConfigFile file, Consumer<String> stderr) throws IOException {
    return new Gateway(file, Operations.following(file), null, stderr);
  }

  /** The same, with callers known another way than the file says. */
  public static Gateway start(ConfigFile file, Authenticator authenticator, Consumer<String> stderr)
      throws IOException {
    return new Gateway(file, Operations.following(file), authenticator, stderr);
  }

  /** The same, with an engine of one's own, which is closed with the gateway. */
  static Gateway start(
      ConfigFile file, Governor governor, Authenticator authenticator, Consumer<String> stderr)
      throws IOException {
    return new Gateway(file, Operations.of(file, governor), authenticator, stderr);
  }

  /** The same, with all that operators see of it. */
  static Gateway start(
      ConfigFile file, Operations operations, Authenticator authenticator, Consumer<String> stderr)
      throws IOException {
    return new Gateway(file, operations, authenticator, stderr);
  }

  /** Where each server can be reached, in the order of their names. */
  public List<URI> endpoints() {
    List<URI> endpoints = new ArrayList<>();
    Address at = new Address(address.getAddress().getHostAddress(), address.getPort());
    servers.forEach(server -> endpoints.add(URI.create(scheme + at + "/" + server + "/mcp")));
    return endpoints;
  }

  /** Where operators can ask for health and metrics; null if nowhere. */
  public @Nullable URI adminAddress() {
    return operations.address();
  }

  /** The name of the settings that decide now. */
  public String policyVersion() {
    return operations.governor().policyVersion();
  }

  /** What operators can ask for. */
  List<String> adminRoutes() {
    return operations.routes();
  }

  /**
   * Takes the configuration file over now, changed or not.
   *
   * @throws RuntimeException if anything is wrong with it; what ran goes on
   */
  public void reload() {
    operations.reload();
  }

  static Principal principal(EveryoneConfig everyone) {
    return new Principal(
        Principal.LOCAL,
        everyone.user(),
        everyone.tenants(),
        everyone.roles(),
        Principal.Source.VERIFIED);
  }

  private static HttpFrontOptions options(
      GovernorConfig config, Callers callers, EventLoops loops, ByteBudget budget) {
    Address listen = config.listen();
    EveryoneConfig everyone = config.identity().everyone();
    return new HttpFrontOptions(new InetSocketAddress(listen.host(), listen.port()), loops, budget)
        .authenticator(
            everyone == null
                ? callers.authenticator()
                : Authenticator.everyone(principal(everyone)))
        .resource(callers.resource())
        .tls(callers.tls())
        .allowedHosts(config.front().allowedHosts())
        .allowedOrigins(config.front().allowedOrigins())
        .bodyBytesMax(config.limits().messageBytes().asInt())
        .connectionsMax(config.limits().connections())
        .requestsMax(config.limits().requests());
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Takes no new requests, lets those that run be answered (for 20 seconds at most), and ends
   * everything: what was answered is on record.
   */
  @Override
  public void close() {
    operations.leave();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) { // the other parts have to end all the same
        LOG.warn("A part of the gateway did not end as it should", e);
      }
    }
  }
}
