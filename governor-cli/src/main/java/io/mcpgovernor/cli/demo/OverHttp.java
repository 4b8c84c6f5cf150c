package io.mcpgovernor.cli.demo;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.examples.customers.CustomerDatabase;
import io.mcpgovernor.examples.customers.CustomerServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * One server for all callers, in this process, on a free port of the loopback interface. Each
 * caller has a bearer token of their own.
 */
final class OverHttp implements Hosting {
  private final CustomerDatabase database;
  private final Governor governor;
  private final CustomerServer server;
  private final TokenTable tokens;
  private final Path auditDirectory;

  private OverHttp(
      CustomerDatabase database,
      Governor governor,
      CustomerServer server,
      TokenTable tokens,
      Path auditDirectory) {
    this.database = database;
    this.governor = governor;
    this.server = server;
    this.tokens = tokens;
    this.auditDirectory = auditDirectory;
  }

  static OverHttp start(Path auditDirectory) {
    Governor governor = Governor.builder().auditTo(auditDirectory).audit(Hosting.AUDIT).build();
    CustomerDatabase database = CustomerDatabase.open();
    TokenTable tokens = new TokenTable();
    CustomerServer server = GovernedCustomerServer.start(database, governor, tokens);
    return new OverHttp(database, governor, server, tokens, auditDirectory);
  }

  @Override
  public McpSyncClient connect(Caller caller) {
    HttpClientStreamableHttpTransport.Builder transport =
        HttpClientStreamableHttpTransport.builder(server.uri().resolve("/").toString())
            .endpoint(server.uri().getPath());
    if (caller.isSignedIn()) {
      String token = tokens.issue(Principal.verified(caller.user()));
      transport.requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + token));
    }
    return McpClient.sync(transport.build()).build();
  }

  @Override
  public int callsAtOnce() {
    // Below the engine's limit of 16 calls of one user.
    return 8;
  }

  @Override
  public void administer(GrantChange change) {
    change.applyTo(governor.grants());
  }

  @Override
  public List<Path> auditDirectories() {
    return List.of(auditDirectory);
  }

  @Override
  public void close() {
    try (database;
        governor) {
      server.close();
    }
  }
}
