package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.config.file.ConfigFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jspecify.annotations.Nullable;
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
  private static final String LOOK = Requests.call("look", "{}");

  private static MockOAuth2Server login;

  @TempDir private Path directory;

  private final Queue<String> stderr = new ConcurrentLinkedQueue<>();
  private ScriptedServer server;
  private @Nullable Gateway gateway;

  @BeforeAll
  static void startLogin() {
    login =
        new MockOAuth2Server(
            new OAuth2Config(
                false,
                null,
                null,
                false,
                new OAuth2TokenProvider(),
                Set.of(),
                new NettyWrapper())); // its usual one needs JUnit 4
    login.start();
  }

  @AfterAll
  static void endLogin() {
    login.shutdown();
  }

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    start("");
  }

  private void start(String jwt, String... more) throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    String[] lines =
        Stream.concat(Stream.of(identity(issuer(), jwt)), Stream.of(more)).toArray(String[]::new);
    String yaml = GatewayUnderTest.yaml("{ url: \"" + server.uri() + "\" }", lines);
    Path file = Files.writeString(directory.resolve("governor.yaml"), yaml);
    gateway = Gateway.start(ConfigFile.read(file), stderr::add);
  }

  private static String identity(String issuer, String jwt) {
    return "identity: { keys: keys.json, jwt: { issuer: \""
        + issuer
        + "\", audience: \""
        + AUDIENCE
        + "\""
        + jwt
        + " } }";
  }

  private static String issuer() {
    return login.issuerUrl("acme").toString();
  }

  @AfterEach
  void end() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    server.close();
  }

  private URI endpoint() {
    return gateway.endpoints().getFirst();
  }

  private WireClient client() {
    return new WireClient(endpoint());
  }

  private static String token(String user) {
    return login
        .issueToken("acme", user, AUDIENCE, Map.of("tid", "acme", "roles", List.of("support")))
        .serialize();
  }

  private WireClient client(String user) {
    return client().with("Authorization", "Bearer " + token(user));
  }

  private static Received call(WireClient client) throws Exception {
    return client.stateless("tools/call", LOOK);
  }

  private String get(String path) throws Exception {
    try (Socket socket = new Socket(endpoint().getHost(), endpoint().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost:8090\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static Map<String, @Nullable Object> body(String answer) {
    return Json.text(answer.substring(answer.indexOf("\r\n\r\n") + 4)).object();
  }

  @Test
  void aTokenOfTheIssuerLetsItsUserCallForHisTenantInBothEras() throws Exception {
    server.tool(
        "{\"name\":\"orders\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
            + "{\"tenant_id\":{\"type\":\"string\"}}}}");
    String orders = Requests.call("orders", "{}");
    WireClient alice = client("alice");

    assertThat(alice.stateless("tools/call", orders).text()).isEqualTo("done");
    assertThat(
            alice
                .stateless("tools/call", Requests.call("orders", "{\"tenant_id\":\"beta\"}"))
                .denied())
        .isEqualTo("rls executed=no");
    assertThat(alice.initialized().legacy("tools/call", orders).text()).isEqualTo("done");

    List<Map<String, @Nullable Object>> outcomes =
        GatewayUnderTest.records(directory.resolve("audit")).stream()
            .filter(record -> "outcome".equals(record.get("event")))
            .filter(record -> "orders".equals(record.get("tool_name")))
            .toList();
    assertThat(outcomes)
        .hasSize(2)
        .allMatch(record -> "alice".equals(record.get("user_id")))
        .allMatch(record -> "acme".equals(record.get("tenant_id")))
        .allMatch(record -> issuer().equals(record.get("principal_issuer")));
  }

  @Test
  void whoShowsNothingIsToldWhereTokensComeFrom() throws Exception {
    Received refused = call(client().with("Host", "localhost:8090"));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.raw())
        .contains(
            "www-authenticate: Bearer resource_metadata=\"http://localhost:8090/.well-known/"
                + "oauth-protected-resource/crm/mcp\"\r\n");
    String metadata = get("/.well-known/oauth-protected-resource/crm/mcp");
    assertThat(metadata).startsWith("HTTP/1.1 200 ").contains("content-type: application/json\r\n");
    assertThat(body(metadata))
        .isEqualTo(
            Map.of(
                "resource",
                "http://localhost:8090/crm/mcp",
                "authorization_servers",
                List.of(issuer()),
                "bearer_methods_supported",
                List.of("header")));
    assertThat(body(get("/.well-known/oauth-protected-resource")))
        .containsEntry("resource", "http://localhost:8090");
    assertThat(get("/.well-known/oauth-protected-resource/none/mcp")).startsWith("HTTP/1.1 404 ");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void behindAProxyTheAddressIsTheOneOfTheFile() throws Exception {
    start(", required_scope: [\"mcp:tools\"]", "front: { url: \"https://mcp.example/governed/\" }");

    assertThat(call(client()).raw())
        .contains(
            "Bearer resource_metadata=\"https://mcp.example/.well-known/"
                + "oauth-protected-resource/governed/crm/mcp\"\r\n");
    for (String path : List.of("/governed/crm/mcp", "/crm/mcp")) {
      assertThat(body(get("/.well-known/oauth-protected-resource" + path)))
          .containsEntry("resource", "https://mcp.example/governed/crm/mcp")
          .containsEntry("scopes_supported", List.of("mcp:tools"));
    }
    Received narrow = call(client("alice"));
    assertThat(narrow.status()).isEqualTo(403);
    assertThat(narrow.raw())
        .contains("governed/crm/mcp\", error=\"insufficient_scope\", error_description=\"")
        .contains(", scope=\"mcp:tools\"\r\n");
  }

  @Test
  void aTokenThatDoesNotCountIsRefusedWithTheReason() throws Exception {
    String other = login.issueToken("acme", "alice", "https://other.example").serialize();

    Received refused = call(client().with("Authorization", "Bearer " + other));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.raw())
        .contains(
            "/crm/mcp\", error=\"invalid_token\", error_description=\"The token is for somebody"
                + " else: its audience is not this gateway.\"\r\n");
    assertThat(refused.errorMessage()).contains("its audience is not this gateway");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void oneThingIsShownAndNotTwo() throws Exception {
    String token = token("alice");

    Received twice =
        call(client().with("Authorization", "Bearer " + token).with("authorization", "Bearer x"));
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.raw()).contains("error=\"invalid_request\"");
    Received both = call(client("alice").with("X-API-Key", "mgk_x"));
    assertThat(both.status()).isEqualTo(400);
    Received joined = call(client().with("Authorization", "Bearer " + token + ", Bearer x"));
    assertThat(joined.status()).isEqualTo(401);
    Received basic = call(client().with("Authorization", "Basic YTpi"));
    assertThat(basic.status()).isEqualTo(401);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aTokenInTheAddressIsNotLookedAt() throws Exception {
    WireClient client = new WireClient(URI.create(endpoint() + "?access_token=" + token("alice")));
    String path = endpoint().getPath() + "?access_token=" + token("alice");
    String body = Requests.legacy(1, "ping", "{}");
    try (Socket socket = new Socket(endpoint().getHost(), endpoint().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Content-Type: application/json\r\nAccept: application/json\r\n"
                      + "Content-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 401 ");
    }
    assertThat(call(client).status()).isEqualTo(401);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void whoeverIsNotLetInNeedNotSendWhatHeWanted() throws Exception {
    try (Socket socket = new Socket(endpoint().getHost(), endpoint().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("POST /crm/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Accept: application/json\r\nContent-Length: 4000000\r\n"
                      + "Expect: 100-continue\r\n\r\n")
                  .getBytes(UTF_8));

      // Nothing of the body is sent, and all of the answer is there.
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void aPageThatRebindsItsNameIsRefusedWithAGoodTokenToo() throws Exception {
    assertThat(call(client("alice").with("Origin", "https://evil.example")).status())
        .isEqualTo(403);
    assertThat(call(client("alice").with("Host", "evil.example")).status()).isEqualTo(403);
    assertThat(get("/.well-known/oauth-protected-resource/crm/mcp").replace("8090", ""))
        .startsWith("HTTP/1.1 200 ");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void tokensThatAreTooLongAreNotLookedAt() throws Exception {
    Received tooLong = call(client().with("Authorization", "Bearer " + "a".repeat(20_000)));
    assertThat(tooLong.status()).isEqualTo(401);
    assertThat(tooLong.errorMessage()).contains("more than 16384 characters");
    assertThat(call(client().with("Authorization", "Bearer " + "a".repeat(40_000))).status())
        .isEqualTo(431);
  }

  @Test
  void aSessionIsItsUsersAlone() throws Exception {
    WireClient alice = client("alice").initialized();

    assertThat(alice.legacy("tools/call", LOOK).text()).isEqualTo("done");
    alice.with("Authorization", "Bearer " + token("bob"));
    assertThat(alice.legacy("tools/call", LOOK).status()).isEqualTo(404);
    alice.with("Authorization", "Bearer " + token("alice")); // a new token of the same user
    assertThat(alice.legacy("tools/call", LOOK).text()).isEqualTo("done");
  }

  @Test
  void withoutTheIssuersKeysTheGatewayStartsAndSaysThatItCannotTell() throws Exception {
    gateway.close();
    String yaml =
        GatewayUnderTest.yaml(
            "{ url: \"" + server.uri() + "\" }", identity("http://127.0.0.1:1/acme", ""));
    Path file = Files.writeString(directory.resolve("governor.yaml"), yaml);
    gateway = Gateway.start(ConfigFile.read(file), stderr::add);

    Received refused = call(client("alice"));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.raw().toLowerCase(Locale.ROOT)).contains("\r\nretry-after: 5\r\n");
    assertThat(call(client()).status()).isEqualTo(401);
  }

  @Test
  void whatTheClientShowsGoesNowhere() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    String token = token("alice");
    String bad = login.issueToken("acme", "alice", "https://other.example").serialize();
    StringBuilder answers = new StringBuilder();
    try {
      WireClient client =
          client()
              .with("Authorization", "Bearer " + token)
              .with("Cookie", "sid=cookie-of-the-client")
              .with("Proxy-Authorization", "Basic proxy-secret-of-the-client");
      answers.append(call(client).raw());
      answers.append(client.stateless("resources/read", "{\"uri\":\"note://1\"}").raw());
      client.initialized();
      answers.append(client.legacy("tools/call", LOOK).raw());
      answers.append(client.open("DELETE", new byte[0], Map.of()).received().raw());
      answers.append(call(client().with("Authorization", "Bearer " + bad)).raw());
      answers.append(call(client().with("Authorization", "Bearer " + bad + "?")).raw());
      answers.append(call(client().with("X-API-Key", "mgk_secret-of-the-client")).raw());
    } finally {
      System.setErr(before);
    }

    assertThat(server.seen()).hasSizeGreaterThan(4);
    for (Asked asked : server.seen()) {
      assertThat((asked.head() + asked.body()).toLowerCase(Locale.ROOT))
          .doesNotContain("authorization", "cookie", "x-api-key", "eyj", "of-the-client");
    }
    String audit = Files.readString(auditFile());
    for (String text : List.of(answers.toString(), audit, log.toString(UTF_8), "" + stderr)) {
      assertThat(text).doesNotContain("of-the-client", signature(token), signature(bad), "eyJ");
    }
  }

  private Path auditFile() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }
}
