package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ManualTime;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to calls when settings change under them. */
final class ReloadTest {
  @TempDir private Path temporary;

  private final ManualTime time = new ManualTime();
  private final CustomerTool tool = new CustomerTool();

  private GovernorBuilder settings() {
    return Governor.builder().timeSource(time).auditTo(temporary.resolve("audit"));
  }

  private Governor open(GovernorBuilder settings) {
    Governor governor = settings.build();
    CustomerTool.allowAlice(governor);
    return governor;
  }

  private boolean runs(Governor governor) {
    return governor.call(call(), tool.handler()) instanceof Released;
  }

  /** A version whose two rules and name all say the same word. */
  private GovernorBuilder version(String word) {
    Effect masked = new Effect.Mask(word.equals("b"), Set.of());
    Effect refused = new Effect.Refuse(facts -> "Version " + word + ".", List.of("Wait."));
    return settings()
        .callsPerHour(1_000_000)
        .denialsPerMinute(1_000_000)
        .policyVersion(word)
        .rules(
            List.of(
                new Rule(
                    "mask-" + word, "", Moment.CALL, Mode.ENFORCE, any -> true, f -> true, masked),
                new Rule(
                    "refuse-" + word,
                    "",
                    Moment.CALL,
                    Mode.ENFORCE,
                    any -> true,
                    facts -> facts.call().arguments().object().containsKey("refuse"),
                    refused)));
  }

  @Test
  void noCallIsDroppedOrDecidedByAMixtureOfTwoVersions() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger calls = new AtomicInteger();
    int threads = 4;
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try (Governor governor = open(version("a"))) {
      List<Future<?>> running =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(
                  thread ->
                      callers.submit(
                          () -> {
                            while (!done.get()) {
                              boolean refuse = calls.incrementAndGet() % 2 == 0;
                              Map<String, Object> arguments =
                                  refuse
                                      ? Map.of("tenant_id", "acme", "refuse", true)
                                      : Map.of("tenant_id", "acme");
                              CallOutcome outcome = governor.call(call(arguments), tool.handler());
                              assertThat(outcome instanceof Refused).isEqualTo(refuse);
                            }
                          }))
              .toList();
      for (int i = 0; i < 60; i++) {
        governor.reload(version(i % 2 == 0 ? "b" : "a"));
        int before = calls.get();
        while (calls.get() < before + 10) {
          Thread.onSpinWait();
        }
      }
      done.set(true);
      for (Future<?> caller : running) {
        caller.get();
      }
      int decided = 0;
      for (Json line : governor.readLogs(Integer.MAX_VALUE)) {
        Map<String, ?> record = line.object();
        if (!record.containsKey("call_id")) {
          continue;
        }
        Object version = record.get("policy_version");
        Map<?, ?> validation = (Map<?, ?>) record.get("validation");
        assertThat(validation.get("trace").toString())
            .contains("mask-" + version, "refuse-" + version)
            .doesNotContain("-" + (version.equals("a") ? "b" : "a") + ",");
        if (record.get("event").equals("denied")) {
          assertThat(record.get("error")).isEqualTo("Version " + version + ".");
        }
        decided++;
      }
      assertThat(decided).isGreaterThanOrEqualTo(calls.get());
    } finally {
      done.set(true);
      callers.shutdownNow();
    }
  }

  @Test
  void anotherNumberGoesOnWithTheSameWindows() {
    try (Governor governor = open(settings().callsPerHour(3))) {
      assertThat(runs(governor)).isTrue();
      assertThat(runs(governor)).isTrue();
      governor.reload(settings().callsPerHour(2));
      assertThat(runs(governor)).isFalse();
      governor.reload(settings().callsPerHour(4));
      assertThat(runs(governor)).isTrue();
      assertThat(runs(governor)).isTrue();
      assertThat(runs(governor)).isFalse();
    }
  }

  @Test
  void anotherWindowBeginsWithWhatTheLogSaysOfIt() {
    Set<By> byTool = Set.of(By.USER, By.TOOL);
    try (Governor governor = open(settings().callsPerHour(10))) {
      assertThat(runs(governor)).isTrue();
      time.advance(Duration.ofMinutes(20));
      assertThat(runs(governor)).isTrue();
      assertThat(runs(governor)).isTrue();
      governor.reload(settings().calls(4, Duration.ofMinutes(30), byTool));
      assertThat(runs(governor)).isTrue();
      time.advance(Duration.ofMinutes(10).minusSeconds(1));
      assertThat(runs(governor)).as("four within half an hour").isFalse();
      time.advance(Duration.ofSeconds(2));
      assertThat(runs(governor)).isTrue();
      assertThat(runs(governor)).isFalse();
    }
  }

  @Test
  void settingsThatCannotBeChangeNothing() {
    try (Governor governor = open(settings().complexityBelow(31).policyVersion("first"))) {
      GovernorBuilder impossible =
          settings()
              .complexityBelow(1)
              .column("crm.ssn", Sensitivity.STRICT)
              .column("CRM.SSN", Sensitivity.STANDARD);
      assertThatThrownBy(() -> governor.reload(impossible))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(governor.policyVersion()).isEqualTo("first");
      assertThat(runs(governor)).isTrue();
    }
  }

  @Test
  void everyVersionAndWhatItLeavesOutIsOnRecord() {
    try (Governor governor = open(settings().policyVersion("first"))) {
      governor.reload(
          settings().policyVersion("second").disable(DenialCode.RLS, "one tenant only"));
      List<String> records =
          governor.readLogs(10).stream()
              .map(Json::object)
              .map(
                  record ->
                      record.get("tool_name")
                          + " "
                          + new TreeMap<>((Map<?, ?>) record.get("arguments")))
              .toList();
      assertThat(records)
          .containsSubsequence(
              "disable {policy=rls, reason=one tenant only}",
              "policy_version {version=second, why=reload}",
              "policy_version {version=first, why=start}");
      assertThat(runs(governor)).isTrue();
      assertThat(governor.readLogs(1).get(0).object().get("policy_version")).isEqualTo("second");
    }
  }

  @Test
  void callsThatRunKeepTheirPlaceUnderALowerLimitOfConcurrency() throws Exception {
    try (Governor governor = open(settings().concurrency(2))) {
      CompletableFuture<ToolResult> answer = new CompletableFuture<>();
      var running = governor.govern(call(), it -> answer).toCompletableFuture();
      governor.reload(settings().concurrency(1));
      assertThat(governor.call(call(), tool.handler()))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.denial().code()).isEqualTo(DenialCode.CONCURRENCY));
      answer.complete(new ToolResult(Json.text("{}"), false));
      assertThat(running.get()).isInstanceOf(Released.class);
      assertThat(runs(governor)).isTrue();
    }
  }
}
