package io.mcpgovernor.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtectedResourceTest {
  private static final List<String> ISSUERS = List.of("https://login.example");

  private final ProtectedResource asAsked = new ProtectedResource(null, ISSUERS, List.of());

  @Test
  void theAddressIsWhatTheClientAskedFor() {
    assertThat(asAsked.challenge("Bearer", "/crm/mcp", "mcp.example:8443", true))
        .isEqualTo(
            "Bearer resource_metadata=\"https://mcp.example:8443/.well-known/"
                + "oauth-protected-resource/crm/mcp\"");
    assertThat(asAsked.metadata("/crm/mcp", "[::1]:80", false).object())
        .containsEntry("resource", "http://[::1]:80/crm/mcp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a/b", "a:x", "user@a", "a, b", "\u00e9"})
  void aHostThatIsNoneIsNotRepeated(String host) {
    assertThat(asAsked.challenge("Bearer", "/crm/mcp", host, true)).isEqualTo("Bearer");
    assertThat(asAsked.metadata("/crm/mcp", host, true)).isNull();
  }

  @Test
  void whatIsNotOfRfc9728IsNotAskedFor() {
    ProtectedResource below =
        new ProtectedResource(URI.create("https://mcp.example/gov"), ISSUERS, List.of());
    String known = "/.well-known/oauth-protected-resource";

    assertThat(below.askedFor("/crm/mcp")).isNull();
    assertThat(below.askedFor("/.well-known/openid-configuration")).isNull();
    assertThat(below.askedFor(known)).isEmpty();
    assertThat(below.askedFor(known + "/gov")).isEmpty();
    assertThat(below.askedFor(known + "/gov/crm/mcp")).isEqualTo("/crm/mcp");
    assertThat(below.askedFor(known + "/govern/mcp")).isEqualTo("/govern/mcp");
  }
}
