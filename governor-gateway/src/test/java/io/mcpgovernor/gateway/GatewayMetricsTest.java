package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} says of a gateway that has served. */
@Timeout(120)
final class GatewayMetricsTest {
  @TempDir Path directory;
  private final ScriptedServer server;

  GatewayMetricsTest() throws Exception {
    server = new ScriptedServer();
  }

  @AfterEach
  void end() throws Exception {
    server.close();
  }

  @Test
  void callsAreCountedByToolOutcomeAndCode() throws Exception {
    server.on("tools/call", asked -> asked.text("write to jane.leak@corp.example"));
    try (AdminUnderTest admin = AdminUnderTest.before(server, directory)) {
      WireClient client = admin.client();
      client.legacy("tools/call", Requests.call("look", "{}"));
      client.legacy("tools/call", Requests.call("look", "{}"));
      client.legacy("tools/call", Requests.call("made-up-1", "{}"));
      client.legacy("tools/call", Requests.call("made-up-2", "{}"));
      assertThat(admin.metrics("governor_calls_total{"))
          .containsExactlyInAnyOrder(
              "governor_calls_total{code=\"none\",outcome=\"ok\",server=\"crm\",tool=\"look\"} 2.0",
              "governor_calls_total{code=\"unknown_tool\",outcome=\"denied\",server=\"crm\","
                  + "tool=\"_unknown\"} 2.0");
      assertThat(admin.metrics("governor_masked_total{"))
          .containsExactly("governor_masked_total{kind=\"email\"} 2.0");
      assertThat(admin.metrics("governor_call_duration_seconds_count{"))
          .containsExactly(
              "governor_call_duration_seconds_count{outcome=\"ok\",server=\"crm\",tool=\"look\"}"
                  + " 2");
      assertThat(admin.metrics("governor_overhead_seconds_count{"))
          .containsExactly("governor_overhead_seconds_count{server=\"crm\"} 4");
      assertThat(admin.metrics("governor_audit_pending"))
          .containsExactly("governor_audit_pending 0.0");
      assertThat(admin.metrics("jvm_memory_used_bytes{")).isNotEmpty();
    }
  }

  @Test
  void nobodysNameAndNoDataIsInThem() throws Exception {
    server.on("tools/call", asked -> asked.text("write to jane.leak@corp.example"));
    try (AdminUnderTest admin = AdminUnderTest.before(server, directory)) {
      admin.client().legacy("tools/call", Requests.call("look", "{\"who\":\"zaphod\"}"));
      assertThat(admin.get("/metrics").body())
          .contains("governor_calls_total{")
          .doesNotContain("alice", "zaphod", "jane");
    }
  }

  @Test
  void sessionsAreCountedWhileTheyAreOpen() throws Exception {
    try (AdminUnderTest admin = AdminUnderTest.before(server, directory)) {
      admin.client().initialized();
      assertThat(admin.metrics("governor_sessions{"))
          .containsExactly("governor_sessions{server=\"crm\"} 1.0");
    }
  }

  @Test
  void aServerThatFailsAgainAndAgainIsDown() throws Exception {
    try (AdminUnderTest admin = AdminUnderTest.before(server, directory)) {
      WireClient client = admin.client();
      client.legacy("tools/call", Requests.call("look", "{}"));
      assertThat(admin.metrics("governor_upstream_up{"))
          .containsExactly("governor_upstream_up{server=\"crm\"} 1.0");
      server.close();
      for (int i = 0; i < 12; i++) {
        client.legacy("tools/call", Requests.call("look", "{}"));
      }
      assertThat(admin.metrics("governor_upstream_up{"))
          .containsExactly("governor_upstream_up{server=\"crm\"} 0.0");
      assertThat(admin.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(admin.metrics("governor_calls_total{code=\"upstream\"")).isNotEmpty();
    }
  }

  @Test
  void callsThatAreTooManyAreCountedAsSuch() throws Exception {
    try (AdminUnderTest admin =
        AdminUnderTest.before(server, directory, "limits: { rate: 1/1h }")) {
      WireClient client = admin.client();
      client.legacy("tools/call", Requests.call("look", "{}"));
      client.legacy("tools/call", Requests.call("look", "{}"));
      assertThat(admin.metrics("governor_calls_total{code=\"rate_limit\""))
          .containsExactly(
              "governor_calls_total{code=\"rate_limit\",outcome=\"denied\",server=\"crm\","
                  + "tool=\"look\"} 1.0");
    }
  }
}
