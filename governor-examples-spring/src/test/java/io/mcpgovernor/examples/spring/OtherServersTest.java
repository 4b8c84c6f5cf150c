package io.mcpgovernor.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The same configuration governs the other servers that Spring AI makes. */
final class OtherServersTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"--spring.ai.mcp.server.protocol=STATELESS", "--spring.ai.mcp.server.type=ASYNC"})
  void aPropertyMakesAnotherServerAndItIsGoverned(String property) {
    try (ConfigurableApplicationContext application =
            SpringApplication.run(
                CustomerApplication.class,
                property,
                "--server.port=0",
                "--server.shutdown=immediate",
                "--governor.audit=" + directory,
                "--spring.main.banner-mode=off");
        Client client = new Client(application, "alice")) {
      CallToolResult allowed = client.call("list_tickets", Map.of("tenantId", "acme"));
      CallToolResult denied = client.call("list_tickets", Map.of("tenantId", "globex"));

      assertThat(Client.text(allowed)).contains("Call John back: (***) ***-4567, before noon.");
      assertThat(Client.denial(denied).get("code")).isEqualTo("rls");
    }
  }
}
