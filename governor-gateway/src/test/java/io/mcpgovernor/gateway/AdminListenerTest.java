package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.config.file.ConfigException;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask the admin listener for what. */
@Timeout(120)
final class AdminListenerTest {
  @TempDir Path directory;
  private final ScriptedServer server;
  private @Nullable AdminUnderTest admin;

  AdminListenerTest() throws Exception {
    server = new ScriptedServer();
  }

  @AfterEach
  void end() throws Exception {
    if (admin != null) {
      admin.close();
    }
    server.close();
  }

  private AdminUnderTest start(String... more) throws IOException {
    admin = AdminUnderTest.before(server, directory, more);
    return admin;
  }

  /** What is answered to a request written out. */
  private static String raw(AdminUnderTest admin, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", admin.address().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void withoutTheKeyNothingListens() throws Exception {
    try (GatewayUnderTest gateway = GatewayUnderTest.before(server, directory)) {
      assertThat(gateway.adminAddress()).isNull();
    }
  }

  @Test
  void anAddressThatOthersCanReachIsRefusedWithTheReason() {
    assertThatThrownBy(() -> start("admin: { listen: \"0.0.0.0:0\" }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("admin.listen")
        .hasMessageContaining("there is no TLS");
  }

  @Test
  void healthAndMetricsNeedNoToken() throws Exception {
    start();
    for (String path : new String[] {"/livez", "/readyz", "/metrics", "/openapi.json"}) {
      assertThat(admin().get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void administrationNeedsTheToken() throws Exception {
    start();
    HttpResponse<String> without = admin().get("/v1/grants");
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("www-authenticate"))
        .get()
        .asString()
        .contains("Bearer");
    assertThat(without.headers().firstValue("content-type")).hasValue("application/problem+json");
    for (String wrong :
        new String[] {
          "Bearer x", "Basic " + AdminUnderTest.TOKEN, AdminUnderTest.TOKEN, "Bearer "
        }) {
      assertThat(
              raw(
                  admin(),
                  "GET /v1/grants HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Authorization: "
                      + wrong
                      + "\r\n\r\n"))
          .as(wrong)
          .startsWith("HTTP/1.1 401 ");
    }
    assertThat(admin().ask("GET", "/v1/grants", null).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutATokenInTheConfigurationAdministrationIsOff() throws Exception {
    start("admin: { listen: \"127.0.0.1:0\" }");
    HttpResponse<String> answer = admin().ask("GET", "/v1/grants", null);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("admin: token");
    assertThat(admin().get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void anotherHostIsRefusedBecauseAWebPageMayHaveMadeItsNameOurs() throws Exception {
    start();
    for (String host :
        new String[] {"rebound.example", "127.0.0.1.example", "localhost.example:80"}) {
      assertThat(
              raw(
                  admin(),
                  "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 403 ");
    }
    assertThat(raw(admin(), "GET /metrics HTTP/1.1\r\nHost: [::1]:1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void webPagesAreRefused() throws Exception {
    start();
    assertThat(
            raw(
                admin(),
                "GET /metrics HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void whatIsNotThereOrTooLargeIsRefusedInASentence() throws Exception {
    start();
    assertThat(admin().ask("GET", "/v2", null).statusCode()).isEqualTo(404);
    HttpResponse<String> method = admin().ask("DELETE", "/v1/grants", null);
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("allow")).hasValue("GET, POST");
    assertThat(admin().ask("POST", "/v1/grants", "x".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(admin().ask("POST", "/v1/grants", "{\"a\":1,\"a\":2}").statusCode()).isEqualTo(400);
    assertThat(admin().ask("GET", "/v1/audit?limit=1&limit=2", null).statusCode()).isEqualTo(400);
  }

  private AdminUnderTest admin() {
    return Objects.requireNonNull(admin);
  }
}
