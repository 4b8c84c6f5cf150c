package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.config.file.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as it is served, with callers that show tokens of a real OpenID Connect server. */
@Timeout(120)
final class ServedWithTokensTest {
  private static final String AUDIENCE = "https://mcp.example";

  private static MockOAuth2Server login;

  @TempDir private Path directory;

  private final Queue<String> stderr = new ConcurrentLinkedQueue<>();
  private ScriptedServer server;
  private Gateway gateway;

  @BeforeAll
  static void startLogin() {
    login = new MockOAuth2Server();
    login.start();
  }

  @AfterAll
  static void endLogin() {
    login.shutdown();
  }

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    start("audience: \"" + AUDIENCE + "\"");
  }

  private void start(String jwt) throws Exception {
    String issuer = login.issuerUrl("acme").toString();
    String yaml =
        GatewayUnderTest.yaml(
            "{ url: \"" + server.uri() + "\" }",
            "identity: { jwt: { issuer: \"" + issuer + "\", " + jwt + " } }");
    Path file = Files.writeString(directory.resolve("governor.yaml"), yaml);
    gateway = Gateway.start(ConfigFile.read(file), stderr::add);
  }

  @AfterEach
  void end() throws Exception {
    gateway.close();
    server.close();
  }

  private WireClient client() {
    return new WireClient(gateway.endpoints().getFirst());
  }

  private static String token(String user, Map<String, Object> claims) {
    return login.issueToken("acme", user, AUDIENCE, claims).serialize();
  }

  private WireClient client(String user, Map<String, Object> claims) {
    return client().with("Authorization", "Bearer " + token(user, claims));
  }

  @Test
  void aTokenOfTheIssuerLetsItsUserCallAndTheRecordNamesHim() throws Exception {
    WireClient alice = client("alice", Map.of("tid", "acme", "roles", List.of("support")));

    assertThat(alice.stateless("tools/call", Requests.call("look", "{}")).text()).isEqualTo("done");
    assertThat(alice.initialized().legacy("tools/call", Requests.call("look", "{}")).text())
        .isEqualTo("done");

    List<Map<String, Object>> outcomes =
        GatewayUnderTest.records(directory.resolve("audit")).stream()
            .filter(record -> "outcome".equals(record.get("event")))
            .toList();
    assertThat(outcomes).hasSize(2).allMatch(record -> "alice".equals(record.get("user_id")));
  }
}
