package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.config.file.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as it is served over TLS, with callers that show certificates. */
@Timeout(120)
final class ServedWithCertificatesTest {
  private static final String TLS = "certificate: gateway.pem, key: gateway.key";

  @TempDir private static Path made;
  private static TestCertificates certificates;

  @TempDir private Path directory;

  private ScriptedServer server;
  private @Nullable Gateway gateway;

  @BeforeAll
  static void make() throws Exception {
    certificates = new TestCertificates(made);
    certificates.authority("ca");
    certificates.authority("other-ca");
    certificates.signed("ca", "gateway", "CN=gateway", "san=dns:localhost");
    certificates.signed("ca", "gateway-2", "CN=gateway-2", "san=dns:localhost");
    certificates.signed(
        "ca", "alice", "CN=Alice,OU=sales,O=acme", "san=uri:spiffe://acme/alice,email:a@x.example");
    certificates.signed("ca", "two", "CN=Two,O=acme", "san=uri:spiffe://a/1,uri:spiffe://a/2");
    certificates.signed("other-ca", "stranger", "CN=Eve,O=acme", "san=uri:spiffe://acme/alice");
  }

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    for (String name : List.of("ca.pem", "gateway.pem", "gateway.key")) {
      Files.copy(made.resolve(name), directory.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @AfterEach
  void end() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    server.close();
  }

  private void start(String tls, String identity) throws Exception {
    String yaml =
        GatewayUnderTest.yaml(
            "{ url: \"" + server.uri() + "\" }",
            "front: { tls: { " + tls + " } }",
            "identity: { " + identity + " }");
    Path config = Files.writeString(directory.resolve("governor.yaml"), yaml);
    gateway = Gateway.start(ConfigFile.read(config), line -> {});
  }

  /** Calls a tool, with the certificate of this name; the answer, or what TLS said. */
  private String call(@Nullable String name, String... headers) throws Exception {
    SSLContext context = certificates.client("ca", name);
    URI endpoint = gateway.endpoints().getFirst();
    String body = Requests.stateless(1, "tools/call", Requests.call("look", "{}"));
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", endpoint.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("POST /crm/mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Content-Type: application/json\r\nAccept: application/json,"
                      + " text/event-stream\r\nMcp-Protocol-Version: 2026-07-28\r\n"
                      + "Mcp-Method: tools/call\r\nMcp-Name: look\r\nContent-Length: "
                      + body.length()
                      + "\r\n"
                      + String.join("", headers)
                      + "\r\n"
                      + body)
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "broken off";
    }
  }

  private List<Object> users() throws IOException {
    return GatewayUnderTest.records(directory.resolve("audit")).stream()
        .filter(record -> "outcome".equals(record.get("event")))
        .map(record -> record.get("user_id"))
        .toList();
  }

  @Test
  void aCertificateOfTheAuthoritySaysWhoCalls() throws Exception {
    start(TLS + ", client_ca: ca.pem", "certificates: { tenant: organization }");
    assertThat(gateway.endpoints().getFirst().getScheme()).isEqualTo("https");

    assertThat(call("alice")).startsWith("HTTP/1.1 200 ").contains("done");
    assertThat(users()).containsExactly("spiffe://acme/alice");

    assertThat(call(null)).isEqualTo("broken off");
    assertThat(call("stranger")).isEqualTo("broken off");
    assertThat(call("two")).startsWith("HTTP/1.1 401 ").contains("exactly one san_uri");
    assertThat(users()).hasSize(1);
  }

  @Test
  void theUserStandsWhereTheFileSays() throws Exception {
    for (Map.Entry<String, String> place :
        Map.of("san_email", "a@x.example", "common_name", "Alice").entrySet()) {
      start(TLS + ", client_ca: ca.pem", "certificates: { user: " + place.getKey() + " }");
      assertThat(call("alice")).startsWith("HTTP/1.1 200 ");
      gateway.close();
      String log = "";
      try (var files = Files.list(directory.resolve("audit"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
          log += Files.readString(file);
        }
      }
      assertThat(log).contains("\"user_id\":\"" + place.getValue() + "\"");
    }
    start(TLS + ", client_ca: ca.pem", "certificates: { user: san_dns }");
    assertThat(call("alice")).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void aCertificateIsOneOfSeveralWaysButNotBesideAnother() throws Exception {
    start(TLS + ", client_ca: ca.pem", "certificates: {}, keys: keys.json");

    assertThat(call("alice")).startsWith("HTTP/1.1 200 ");
    assertThat(call(null)).startsWith("HTTP/1.1 401 ");
    // A client of Java's shows no certificate that the gateway has not asked for.
    assertThat(call("stranger")).startsWith("HTTP/1.1 401 ").contains("does not show who");
    assertThat(call("alice", "X-API-Key: mgk_x\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("more than one thing");
    assertThat(call(null, "X-API-Key: mgk_x\r\n")).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void withoutIdentityACertificateOpensTheDoorAndNothingElse() throws Exception {
    start(TLS + ", client_ca: ca.pem", "keys: keys.json");

    assertThat(call(null)).isEqualTo("broken off");
    assertThat(call("alice")).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void plainHttpGetsNothingWhereTlsIsSpoken() throws Exception {
    start(TLS, "everyone: { user: me }");

    assertThat(call(null)).startsWith("HTTP/1.1 200 ");
    assertThatThrownBy(
            () ->
                new WireClient(gateway.endpoints().getFirst())
                    .stateless("tools/call", Requests.call("look", "{}")))
        .isInstanceOf(IOException.class);
    assertThat(users()).hasSize(1);
  }

  @Test
  void certificatesThatChangeAreThoseOfTheNextConnections() throws Exception {
    start(TLS, "everyone: { user: me }");
    assertThat(shown()).contains("CN=gateway");

    // The key comes later than the certificate, as it may: until then the old ones count.
    replace("gateway-2.pem", "gateway.pem");
    replace("gateway-2.key", "gateway.key");

    while (!shown().equals("CN=gateway-2")) {
      Thread.sleep(50);
    }
  }

  private static void copy(String from, Path to) throws IOException {
    Files.copy(
        made.resolve(from),
        to,
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void replace(String from, String name) throws IOException {
    Path next = directory.resolve("next");
    copy(from, next);
    Files.move(
        next,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private String shown() throws Exception {
    SSLContext context = certificates.client("ca", null);
    int port = gateway.endpoints().getFirst().getPort();
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
      return ((java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  @Test
  void filesThatDoNotFitAreSaidAtTheStart() throws Exception {
    copy("gateway-2.key", directory.resolve("other.key"));
    assertCannotStart("certificate: gateway.pem, key: other.key", "is of another certificate");
    assertCannotStart("certificate: none.pem, key: gateway.key", "there is no such file");
    assertCannotStart("certificate: gateway.key, key: gateway.key", "certificate");
    assertCannotStart("certificate: gateway.pem, key: gateway.pem", "no private key in PKCS #8");
    Files.setPosixFilePermissions(
        directory.resolve("gateway.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertCannotStart(TLS, "everybody can read the private key");
  }

  private void assertCannotStart(String tls, String why) {
    assertThatThrownBy(() -> start(tls, "everyone: { user: me }"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
