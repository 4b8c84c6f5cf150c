package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of one process, of different shapes and with names of their own, one governor. */
final class SharedGovernorTest {
  @TempDir Path directory;

  @Test
  void theLimitCountsCallsToBothServersAndEachOutlivesTheOther() throws Exception {
    try (Governor governor = Governor.builder().auditTo(directory).callsPerHour(3).build()) {
      WireTool ping = WireTools.all().get(1);
      WireServer crm = WireServer.sync(named("crm", governor), List.of(ping.sync()));
      WireServer erp =
          WireServer.statelessAsync(named("erp", governor), List.of(ping.statelessAsync()));
      try (McpSyncClient toErp = erp.client("alice")) {
        try (McpSyncClient toCrm = crm.client("alice")) {
          assertThat(isAllowed(toCrm)).isTrue();
          assertThat(isAllowed(toErp)).isTrue();
        }
        crm.close();

        assertThat(isAllowed(toErp)).isTrue();
        assertThat(isAllowed(toErp)).as("the fourth call to both together").isFalse();
      }
      erp.close();
      assertThat(governor.readLogs(1).get(0).object()).containsEntry("code", "rate_limit");
      assertThat(governor.readLogs(100))
          .extracting(record -> record.object().get("server"))
          .containsExactly("erp", "erp", "erp", "erp", "erp", "crm", "crm");
    }
  }

  private static GovernedTools named(String server, Governor governor) {
    return WireTools.governed(governor).server(server);
  }

  private static boolean isAllowed(McpSyncClient client) {
    return !Boolean.TRUE.equals(
        client.callTool(CallToolRequest.builder("ping").arguments(Map.of()).build()).isError());
  }
}
