package io.mcpgovernor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.config.file.ConfigFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An admin listener that others than this machine can reach. */
@Timeout(120)
final class AdminTlsTest {
  @TempDir private Path directory;

  @Test
  void othersAskOverTlsAndLearnNothingWithoutTheTokenButWhetherItIsReady() throws Exception {
    TestCertificates certificates = new TestCertificates(directory);
    certificates.authority("ca");
    certificates.signed("ca", "admin", "CN=admin", "san=dns:localhost");
    Path token = Files.writeString(directory.resolve("token"), AdminUnderTest.TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Path config = directory.resolve("governor.yaml");
    try (ScriptedServer server = new ScriptedServer()) {
      Files.writeString(
          config,
          GatewayUnderTest.yaml(
              "{ url: \"" + server.uri() + "\" }",
              "admin: { listen: \"0.0.0.0:0\", token: \"${file:token}\","
                  + " tls: { certificate: admin.pem, key: admin.key } }"));
      try (Gateway gateway = Gateway.start(ConfigFile.read(config), line -> {});
          HttpClient client =
              HttpClient.newBuilder().sslContext(certificates.client("ca", null)).build()) {
        URI admin = Objects.requireNonNull(gateway.adminAddress());
        assertThat(admin.getScheme()).isEqualTo("https");
        URI at = URI.create("https://localhost:" + admin.getPort());

        assertThat(get(client, at, "/livez", "").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = get(client, at, "/readyz", "");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("pass").doesNotContain("crm", "audit");
        assertThat(get(client, at, "/metrics", "").statusCode()).isEqualTo(401);
        assertThat(get(client, at, "/metrics", "another").statusCode()).isEqualTo(401);
        assertThat(get(client, at, "/metrics", AdminUnderTest.TOKEN).body())
            .contains("governor_config_info");
        assertThat(get(client, at, "/v1/tools", "").statusCode()).isEqualTo(401);
      }
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI at, String path, String token)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(at.resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }
}
