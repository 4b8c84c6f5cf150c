package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be in a list of tools. */
final class WrappedListsTest {
  private static final WireTool PING = WireTools.all().get(1);

  @TempDir Path directory;
  private Governor governor;
  private GovernedTools governed;

  @BeforeEach
  void start() {
    governor = Governor.builder().auditTo(directory).callsPerHour(1).build();
    governed = WireTools.governed(governor);
  }

  @AfterEach
  void stop() {
    governor.close();
  }

  @Test
  void aToolThatIsWrappedTwiceIsGovernedAndChargedOnce() {
    List<McpStatelessServerFeatures.SyncToolSpecification> once =
        governed.wrap(List.of(PING.statelessSync()));
    List<McpStatelessServerFeatures.SyncToolSpecification> twice = governed.wrap(once);

    assertThat(twice).isEqualTo(once);
    CallToolResult result =
        twice
            .get(0)
            .callHandler()
            .apply(
                McpTransportContext.create(
                    Map.of(GovernedTools.PRINCIPAL, Principal.verified("alice"))),
                CallToolRequest.builder("ping").arguments(Map.of()).build());
    assertThat(result.isError()).isFalse();
    assertThat(governor.readLogs(10)).hasSize(2);
  }

  @Test
  void toolsOfOneNameAreRefusedSinceOnlyOneCouldBeCalled() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.wrap(List.of(PING.async(), PING.async())))
        .withMessageContaining("two tools are named ping");
  }

  @Test
  void whatIsNoToolIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> governed.wrap(List.of(PING.sync(), "ping")))
        .withMessageContaining("java.lang.String is no tool specification");
  }
}
