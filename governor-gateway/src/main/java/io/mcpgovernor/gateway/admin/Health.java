package io.mcpgovernor.gateway.admin;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.relay.UpstreamState;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether a gateway can serve. One server that is down does not make it unready, for the others are
 * served; all of them do. Thread-safe.
 */
final class Health {
  private static final String AUDIT_PROBE = "audit.probe";

  /** Calls are refused while the log fails, so nothing else would find out that it is well. */
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What becomes of a check. */
  private enum Status {
    PASS,
    WARN,
    FAIL
  }

  private record Check(String name, Status status, String reason) {}

  private final GatewayState state;
  private final GatewayMetrics metrics;
  private volatile boolean closing;
  private long probed = System.nanoTime() - PROBE_NANOS; // guarded by this

  Health(GatewayState state, GatewayMetrics metrics) {
    this.state = state;
    this.metrics = metrics;
  }

  /** It is not ready any more. */
  void close() {
    closing = true;
  }

  /** That the process answers. */
  Reply live() {
    return Reply.json(200, Json.of(Map.of("status", "pass")));
  }

  /**
   * Whether it should be sent requests.
   *
   * @param withReasons whether to say why not
   */
  Reply ready(boolean withReasons) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        closing
            ? new Check("process", Status.FAIL, "The gateway is shutting down.")
            : new Check("process", Status.PASS, ""));
    checks.add(audit());
    checks.add(configuration());
    List<Check> servers = servers();
    checks.addAll(servers);
    boolean isReady =
        checks.stream().noneMatch(c -> c.status == Status.FAIL && !servers.contains(c))
            && (servers.isEmpty() || servers.stream().anyMatch(c -> c.status != Status.FAIL));
    return Reply.json(isReady ? 200 : 503, json(isReady, withReasons ? checks : List.of()));
  }

  private static Json json(boolean isReady, List<Check> checks) {
    List<Map<String, String>> list = new ArrayList<>();
    for (Check check : checks) {
      Map<String, String> members = new LinkedHashMap<>();
      members.put("name", check.name);
      members.put("status", check.status.name().toLowerCase(Locale.ROOT));
      if (!check.reason.isEmpty()) {
        members.put("reason", check.reason);
      }
      list.add(members);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", isReady ? "pass" : "fail");
    body.put("checks", list);
    return Json.of(body);
  }

  private Check audit() {
    if (!Files.isWritable(state.auditDirectory())) {
      return new Check(
          "audit",
          Status.FAIL,
          "The directory of the audit log cannot be written, so calls are refused; mend its"
              + " permissions or mount it again.");
    }
    if (metrics.isAuditFailing() && !isKeptAgain()) {
      return new Check(
          "audit",
          Status.FAIL,
          "The audit log keeps no records, so calls are refused; the gateway's log says why: most"
              + " often the disk is full.");
    }
    return new Check("audit", Status.PASS, "");
  }

  /** Tries a record now and then. */
  private synchronized boolean isKeptAgain() {
    if (closing || System.nanoTime() - probed < PROBE_NANOS) {
      return false;
    }
    try {
      state.governor().recordAdmin(AUDIT_PROBE, Map.of("why", "records were not kept before"));
      return true;
    } catch (IllegalStateException e) {
      return false;
    } finally {
      probed = System.nanoTime();
    }
  }

  private Check configuration() {
    return state.configuration().problem().isEmpty()
        ? new Check("configuration", Status.PASS, "")
        : new Check(
            "configuration",
            Status.WARN,
            "The configuration file is wrong, so what was read before goes on; 'governor validate'"
                + " says what is wrong with it.");
  }

  private List<Check> servers() {
    List<Check> checks = new ArrayList<>();
    state
        .servers()
        .forEach((name, server) -> checks.add(server("server:" + name, server.upstream().get())));
    return checks;
  }

  private static Check server(String name, UpstreamState state) {
    return switch (state) {
      case UP -> new Check(name, Status.PASS, "");
      case TRYING ->
          new Check(name, Status.WARN, "It failed several times; the next request tries it again.");
      case DOWN ->
          new Check(
              name,
              Status.FAIL,
              "It failed several times in a row and is left alone for a while; look whether it"
                  + " runs.");
    };
  }
}
