package io.mcpgovernor.mcp;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.modelcontextprotocol.client.McpSyncClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server over HTTP: one for all users, in the test's own process. */
final class HttpWire implements Wire {
  private final Governor governor;
  private final WireServer server;
  private final Map<String, McpSyncClient> clients = new LinkedHashMap<>();

  HttpWire(Governor governor, WireServer server) {
    this.governor = governor;
    this.server = server;
  }

  @Override
  public McpSyncClient client(String user) {
    return clients.computeIfAbsent(user, server::client);
  }

  @Override
  public List<Map<String, Object>> records(String user) {
    return governor.readLogs(1_000).stream().<Map<String, Object>>map(Json::object).toList();
  }

  @Override
  public void close() {
    clients.values().forEach(McpSyncClient::close);
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    governor.close();
  }
}
