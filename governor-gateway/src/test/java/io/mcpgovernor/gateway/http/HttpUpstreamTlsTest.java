package io.mcpgovernor.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.relay.Caller;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.relay.UpstreamException.Reached;
import io.mcpgovernor.gateway.relay.UpstreamReply;
import io.mcpgovernor.gateway.relay.UpstreamRequest;
import io.mcpgovernor.gateway.relay.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HttpUpstreamTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path dir;

  private static SSLContext tls;

  private final EventLoops loops = EventLoops.start(1);

  /** A certificate for localhost alone, and a context that trusts it. */
  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = dir.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @AfterEach
  void end() {
    loops.close();
  }

  private static ServerSocket listener() throws IOException {
    return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static void refuseInPlainText(ServerSocket plain) {
    try (Socket socket = plain.accept()) {
      socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpUpstreamOptions options(RawServer server, String host) {
    return options(server.uri().getPort(), host);
  }

  private HttpUpstreamOptions options(int port, String host) {
    URI uri = URI.create("https://" + host + ":" + port + "/mcp");
    return new HttpUpstreamOptions(uri, loops, new ByteBudget(1 << 20))
        .connectTime(Duration.ofSeconds(20));
  }

  private static UpstreamRequest request() {
    return new UpstreamRequest(
        Verb.DELETE,
        Headers.NONE,
        null,
        new Caller(Principal.verified("alice"), ""),
        Duration.ofSeconds(20));
  }

  private static void assertUntrusted(HttpUpstreamOptions options) {
    try (HttpUpstream upstream = new HttpUpstream(options)) {
      UpstreamException failure =
          catchThrowableOfType(UpstreamException.class, () -> upstream.send(request()));
      assertThat(failure.reached()).isEqualTo(Reached.NO);
      assertThat(failure.reason()).contains("could not prove who it is");
    }
  }

  @Test
  void aServerThatIsTrustedIsAskedOnOneConnection() throws Exception {
    try (RawServer server =
            new RawServer(listener(), (connection, request) -> connection.json(200, "{}"));
        HttpUpstream upstream = new HttpUpstream(options(server, "localhost").tls(tls))) {
      for (int i = 0; i < 3; i++) {
        try (UpstreamReply reply = upstream.send(request())) {
          assertThat(new String(reply.next().data(), UTF_8)).isEqualTo("{}");
        }
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aServerUnderAnotherNameOrThatNobodyTrustsOrWithoutTlsGetsNothing() throws Exception {
    try (RawServer server =
            new RawServer(listener(), (connection, request) -> connection.json(200, "{}"));
        ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> refuseInPlainText(plain));
      assertUntrusted(options(server, "127.0.0.1").tls(tls));
      assertUntrusted(options(server, "localhost"));
      assertUntrusted(options(plain.getLocalPort(), "localhost").tls(tls));
      assertThat(server.requests()).isEmpty();
    }
  }
}
