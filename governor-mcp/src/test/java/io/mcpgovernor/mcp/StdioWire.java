package io.mcpgovernor.mcp;

import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.policy.Identity.Trust;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server over stdio: a process of its own for each user, which is that process's user. */
final class StdioWire implements Wire {
  private final Shape shape;
  private final Path directory;
  private final Trust trust;
  private final Map<String, McpSyncClient> clients = new LinkedHashMap<>();

  StdioWire(Shape shape, Path directory, Trust trust) {
    this.shape = shape;
    this.directory = directory;
    this.trust = trust;
  }

  @Override
  public McpSyncClient client(String user) {
    return clients.computeIfAbsent(user, this::start);
  }

  private McpSyncClient start(String user) {
    List<String> command = StdioChild.command(shape, auditDirectory(user), trust, user);
    StdioClientTransport transport =
        new StdioClientTransport(
            ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .build(),
            McpJsonDefaults.getMapper());
    McpSyncClient client =
        McpClient.sync(transport)
            .initializationTimeout(Duration.ofSeconds(60)) // a JVM starts
            .requestTimeout(Duration.ofSeconds(60))
            .build();
    client.initialize();
    return client;
  }

  private Path auditDirectory(String user) {
    return directory.resolve("of-" + user);
  }

  @Override
  public List<Map<String, Object>> records(String user) {
    try {
      return JsonlAuditLog.readLogs(auditDirectory(user), 1_000).stream()
          .<Map<String, Object>>map(Json::object)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    clients.values().forEach(McpSyncClient::closeGracefully);
  }
}
