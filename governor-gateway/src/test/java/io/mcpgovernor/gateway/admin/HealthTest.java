package io.mcpgovernor.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.gateway.catalogue.Pins;
import io.mcpgovernor.gateway.relay.UpstreamState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a gateway says that it is ready, and what it says when it is not. */
final class HealthTest {
  @TempDir private Path directory;
  private final GatewayMetrics metrics = new GatewayMetrics();
  private final HostLog log = new HostLog();
  private UpstreamState crm = UpstreamState.UP;
  private UpstreamState erp = UpstreamState.UP;
  private String problem = "";

  @SuppressWarnings("NullAway.Init") // made before each test
  private Governor governor;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Pins pins;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Health health;

  /** A log of the host's own, which fails when it is told to. */
  private static final class HostLog implements AuditLog {
    private final List<String> actions = new ArrayList<>();
    private boolean fails;

    @Override
    public CompletionStage<Receipt> append(AuditRecord record) {
      if (fails) {
        return CompletableFuture.failedFuture(new IOException("no room"));
      }
      actions.add(record.toolName());
      return CompletableFuture.completedFuture(new Receipt(actions.size()));
    }

    @Override
    public List<Json> readLogs(int limit) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() {
    governor = Governor.builder().auditLog(log).auditObserver(metrics.observer()).build();
    pins = Pins.open(directory.resolve("pins.json"));
    GatewayState state =
        new GatewayState(
            governor,
            new Configuration(),
            pins,
            directory,
            Map.of(
                "crm", new GatewayState.Server(() -> crm, () -> 0, () -> 0),
                "erp", new GatewayState.Server(() -> erp, () -> 0, () -> 0)),
            () -> 0,
            () -> 0,
            null);
    health = new Health(state, metrics);
  }

  @AfterEach
  void end() {
    governor.close();
    pins.close();
    metrics.close();
  }

  private final class Configuration implements GatewayState.Configuration {
    @Override
    public String version() {
      return "v1";
    }

    @Override
    public long taken() {
      return 0;
    }

    @Override
    public long refused() {
      return 0;
    }

    @Override
    public String problem() {
      return problem;
    }

    @Override
    public void reload() {}
  }

  private String ready() {
    Reply reply = health.ready(true);
    return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
  }

  private void append() {
    try {
      governor.recordAdmin("test", Map.of());
    } catch (IllegalStateException e) {
      // It could not be kept, which is what the test is about.
    }
  }

  @Test
  void aGatewayIsReadyWhoseLogAndServersWork() {
    assertThat(ready()).startsWith("200").doesNotContain("fail", "warn");
  }

  @Test
  void oneServerThatIsDownIsNamedAndTheOthersAreServed() {
    crm = UpstreamState.DOWN;
    assertThat(ready()).startsWith("200").contains("\"server:crm\",\"status\":\"fail\"");
  }

  @Test
  void withAllServersDownItIsNotReady() {
    crm = UpstreamState.DOWN;
    erp = UpstreamState.DOWN;
    assertThat(ready()).startsWith("503").contains("look whether it runs");
    erp = UpstreamState.TRYING;
    assertThat(ready()).startsWith("200").contains("\"server:erp\",\"status\":\"warn\"");
  }

  @Test
  void aLogThatKeepsNothingMakesItUnready() {
    log.fails = true;
    append();
    assertThat(ready()).startsWith("503").contains("the disk is full");
  }

  @Test
  void aLogThatKeepsRecordsAgainIsFoundOutByARecordOfOurs() {
    log.fails = true;
    append();
    log.fails = false;
    assertThat(ready()).startsWith("200");
    assertThat(log.actions).contains("audit.probe");
    assertThat(ready()).startsWith("200");
    assertThat(log.actions).containsOnlyOnce("audit.probe");
  }

  @Test
  void aFileThatIsWrongIsAWarningBecauseWhatRanGoesOn() {
    problem = "governor.yaml:1:1 typo";
    assertThat(ready()).startsWith("200").contains("\"configuration\",\"status\":\"warn\"");
  }

  @Test
  void aGatewayThatEndsIsNotReadyButAlive() {
    health.close();
    assertThat(ready()).startsWith("503").contains("shutting down");
    assertThat(health.live().status()).isEqualTo(200);
  }
}
