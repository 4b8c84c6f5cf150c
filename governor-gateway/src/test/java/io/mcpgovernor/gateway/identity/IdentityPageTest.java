package io.mcpgovernor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import io.mcpgovernor.gateway.http.Authenticator.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/identity.md says, done. */
@Timeout(60)
final class IdentityPageTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\\n# (identity|recipe): (\\w+)\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  private final TestClock clock = new TestClock();

  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "identity.md")));
    while (example.find()) {
      examples.put(example.group(2), example.group(3));
    }
    return examples;
  }

  private ConfigFile read(String yaml) throws IOException {
    return ConfigFile.read(Files.writeString(directory.resolve("governor.yaml"), yaml));
  }

  private Tokens recipe(String name) throws IOException {
    JwtConfig config =
        Objects.requireNonNull(
            read(Objects.requireNonNull(examples().get(name))).config().identity().jwt());
    KeySource keys =
        new KeySource() {
          @Override
          public Found find() throws IOException {
            Json set = Json.text(TestIssuer.set(TestIssuer.KEY));
            return new Found(IssuerKey.of(set), Duration.ofHours(1));
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    return new Tokens(config, keys, clock);
  }

  /** Signs what a provider's token claims, with times of now. */
  private String token(String claims, String... without) {
    Map<String, Object> all = new HashMap<>();
    Json.text(claims)
        .object()
        .forEach((name, value) -> all.put(name, Objects.requireNonNull(value)));
    long now = clock.now().getEpochSecond();
    all.put("iat", now);
    all.put("exp", now + 300);
    for (String name : without) {
      all.remove(name);
    }
    return TestIssuer.signed(TestIssuer.KEY, JWSAlgorithm.RS256, all);
  }

  private static Principal accepted(Tokens tokens, String token) {
    return ((Accepted) tokens.verdict(token)).principal();
  }

  @Test
  void everyConfigurationOfThePageIsRead() throws IOException {
    assertThat(examples().keySet())
        .containsExactly("jwt", "keycloak", "entra", "auth0", "keys", "certificates");
    for (String yaml : examples().values()) {
      assertThat(read(yaml).config().identity()).isNotNull();
    }
  }

  @Test
  void aTokenOfKeycloakSaysWhoCalls() throws IOException {
    String claims =
        """
        {"jti":"onrtac:1f0e","iss":"https://keycloak.example/realms/acme",
         "aud":["https://mcp.example/crm/mcp","account"],
         "sub":"f3b1c1d2-4a1e-4c0e-9a57-0d5b8f2f7f10","typ":"Bearer","azp":"mcp-client","sid":"5b",
         "acr":"1","allowed-origins":["http://localhost:6274"],
         "realm_access":{"roles":["offline_access","support"]},
         "resource_access":{"account":{"roles":["manage-account"]}},
         "scope":"openid organization profile email","email_verified":true,
         "organization":["acme"],"name":"Alice Doe","preferred_username":"alice",
         "email":"alice@acme.example"}
        """;
    try (Tokens tokens = recipe("keycloak")) {
      Principal alice = accepted(tokens, token(claims));

      assertThat(alice.subject()).isEqualTo("alice");
      assertThat(alice.tenants()).containsExactly("acme");
      assertThat(alice.roles()).containsExactlyInAnyOrder("offline_access", "support");
      assertThat(tokens.verdict(token(claims, "preferred_username"))).isInstanceOf(Refused.class);
    }
  }

  @Test
  void aTokenOfEntraSaysWhoCalls() throws IOException {
    String claims =
        """
        {"aud":"6f8b1c54-55d0-4f5b-9f0e-0a4f5b1d2c3e",
         "iss":"https://login.microsoftonline.com/7d1bd2ed-1c1f-4a55-9a9b-5a3ae1f9a001/v2.0",
         "nbf":1,"aio":"AVQAq/8TAAAA","azp":"0e3d","azpacr":"0","name":"Alice Doe",
         "oid":"b8a1d9c4-3f3c-4b62-8d9a-7b0f4f0c1c1d","preferred_username":"alice@acme.example",
         "rh":"0.AX","roles":["Support"],"scp":"access","sub":"HKZpfaHyWadeOouYlitjrI",
         "tid":"7d1bd2ed-1c1f-4a55-9a9b-5a3ae1f9a001","uti":"fqiBqXLP","ver":"2.0"}
        """;
    try (Tokens tokens = recipe("entra")) {
      Principal alice = accepted(tokens, token(claims));

      assertThat(alice.subject()).isEqualTo("b8a1d9c4-3f3c-4b62-8d9a-7b0f4f0c1c1d");
      assertThat(alice.tenants()).containsExactly("7d1bd2ed-1c1f-4a55-9a9b-5a3ae1f9a001");
      assertThat(alice.roles()).containsExactly("Support");
      assertThat(((Refused) tokens.verdict(token(claims, "scp"))).status()).isEqualTo(403);
    }
  }

  @Test
  void aTokenOfAuth0SaysWhoCalls() throws IOException {
    String claims =
        """
        {"https://mcp.example/roles":["support"],"iss":"https://acme.eu.auth0.com/",
         "sub":"auth0|6530f0c2","aud":["https://mcp.example/crm/mcp",
         "https://acme.eu.auth0.com/userinfo"],"scope":"openid profile","org_id":"org_9ybsU1dN2dKfDkBi",
         "azp":"my_client","permissions":["pii:read"]}
        """;
    try (Tokens tokens = recipe("auth0")) {
      Principal alice = accepted(tokens, token(claims));

      assertThat(alice.subject()).isEqualTo("auth0|6530f0c2");
      assertThat(alice.tenants()).containsExactly("org_9ybsU1dN2dKfDkBi");
      assertThat(alice.roles()).containsExactly("support");
      assertThat(alice.claims()).containsEntry("permissions", List.of("pii:read"));
    }
  }
}
