package io.mcpgovernor.cli.leaktest;

import static io.mcpgovernor.cli.leaktest.Carrier.object;

import io.mcpgovernor.cli.leaktest.Peer.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client in front: asks for every canary and judges what comes. Used by one thread. */
final class LeakTest {
  /** The revision asked for. */
  static final String PROTOCOL = "2025-11-25";

  private static final int PAGES_MAX = 1_000;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Peer peer;
  private final Judge judge;
  private final Duration timeout;
  private final Map<Carrier, String> tools = new HashMap<>();
  private Map<String, @Nullable Object> capabilities = Map.of();
  private long lastId;

  LeakTest(Peer peer, Judge judge, Duration timeout) {
    this.peer = peer;
    this.judge = judge;
    this.timeout = timeout;
  }

  /**
   * Introduces itself, and waits until the fixture's tools are there.
   *
   * @throws IOException if they are not there in time
   */
  void open() throws IOException {
    Map<String, @Nullable Object> result =
        result(
            "initialize",
            object(
                "protocolVersion",
                PROTOCOL,
                "capabilities",
                Map.of(),
                "clientInfo",
                object("name", "governor-leaktest", "version", "1")));
    capabilities = WireJson.object(result.get("capabilities"));
    peer.tell(WireJson.write(object("jsonrpc", "2.0", "method", "notifications/initialized")));
    long until = System.nanoTime() + timeout.toNanos();
    while (!findTools()) {
      if (System.nanoTime() > until) {
        throw new IOException("the server does not list the fixture's tools");
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    if (capabilities.containsKey("logging")) {
      request("logging/setLevel", object("level", "debug"));
    }
  }

  /** Asks one case. */
  Verdict ask(LeakCase leakCase) throws IOException {
    String tool = tools.getOrDefault(leakCase.carrier(), "");
    String capability =
        switch (leakCase.carrier().door()) {
          case TOOL -> "tools";
          case RESOURCE -> "resources";
          case PROMPT -> "prompts";
          case COMPLETION -> "completions";
        };
    boolean isOffered =
        leakCase.carrier().door() == Carrier.Door.TOOL
            ? !tool.isEmpty()
            : capabilities.containsKey(capability);
    if (!isOffered) {
      return Verdict.NONE;
    }
    Received received = request(leakCase.method(), leakCase.params(tool, lastId + 1));
    return judge.on(leakCase, received.messages(), received.isAnswered());
  }

  /** Gateways put a prefix before the names of tools. */
  private boolean findTools() throws IOException {
    Map<String, @Nullable Object> params = object();
    for (int page = 0; page < PAGES_MAX; page++) {
      Map<String, @Nullable Object> result = result("tools/list", params);
      if (result.get("tools") instanceof List<?> listed) {
        for (Object tool : listed) {
          if (WireJson.object(tool).get("name") instanceof String name) {
            for (Carrier carrier : Carrier.values()) {
              if (name.endsWith(LeakCase.tool(carrier))) {
                tools.put(carrier, name);
              }
            }
          }
        }
      }
      if (!(result.get("nextCursor") instanceof String cursor)) {
        break;
      }
      params = object("cursor", cursor);
    }
    return !tools.isEmpty();
  }

  private Map<String, @Nullable Object> result(String method, Map<String, @Nullable Object> params)
      throws IOException {
    Received received = request(method, params);
    if (!received.isAnswered()) {
      throw new IOException("no answer to " + method);
    }
    return WireJson.object(
        WireJson.object(WireJson.read(received.messages().getLast())).get("result"));
  }

  private Received request(String method, Map<String, @Nullable Object> params) throws IOException {
    long id = ++lastId;
    return peer.ask(
        id,
        WireJson.write(object("jsonrpc", "2.0", "id", id, "method", method, "params", params)),
        timeout);
  }
}
