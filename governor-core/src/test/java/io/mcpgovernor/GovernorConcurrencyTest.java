package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.ToolCall;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many callers at once: limits stay exact, every call stays on record. */
final class GovernorConcurrencyTest {
  @TempDir Path directory;

  @Test
  void sixteenThreadsGetExactlyTheLimit() throws Exception {
    CustomerTool tool = new CustomerTool();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (Governor governor =
        Governor.builder()
            .auditTo(directory.resolve("audit"))
            .durability(Durability.FLUSH)
            .build()) {
      CustomerTool.allowAlice(governor);
      List<Future<Integer>> counts = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        counts.add(
            threads.submit(
                () -> {
                  int released = 0;
                  for (int i = 0; i < 10; i++) {
                    if (governor.call(CustomerTool.call(), tool.handler()) instanceof Released) {
                      released++;
                    }
                  }
                  return released;
                }));
      }
      int released = 0;
      for (Future<Integer> count : counts) {
        released += count.get();
      }

      assertThat(released).isEqualTo(100);
      assertThat(tool.runs).hasValue(100);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void noForeignCodeRunsOnTheThreadOfTheLog() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    ToolHandler quick =
        new ToolHandler() {
          @Override
          public CompletionStage<ToolResult> run(ToolCall call) {
            threads.add(Thread.currentThread().getName());
            return CompletableFuture.completedFuture(new ToolResult(Json.NULL, false));
          }

          @Override
          public @Nullable String misfit(Json masked) {
            threads.add(Thread.currentThread().getName());
            return null;
          }
        };
    try (Governor governor =
        Governor.builder()
            .callsPerHour(2_000)
            .auditTo(directory.resolve("audit"))
            .durability(Durability.FLUSH)
            .build()) {
      CustomerTool.allowAlice(governor);
      for (int i = 0; i < 1_000; i++) {
        governor.call(CustomerTool.call(), quick);
      }
    }
    assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("governor-tool-"));
  }

  @Test
  void noForeignCodeRunsOnTheThreadOfALogThatFails() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    ExecutorService logThread = Executors.newSingleThreadExecutor(task -> new Thread(task, "log"));
    AuditLog failing =
        new AuditLog() {
          @Override
          public CompletionStage<Receipt> append(AuditRecord record) {
            return CompletableFuture.supplyAsync(
                () -> {
                  if (record.event() == AuditRecord.Event.ADMIN) {
                    return new Receipt(1);
                  }
                  throw new IllegalStateException("disk full");
                },
                logThread);
          }

          @Override
          public List<Json> readLogs(int limit) {
            return List.of();
          }

          @Override
          public void close() {
            logThread.shutdown();
          }
        };
    try (Governor governor =
        Governor.builder()
            .auditLog(failing)
            .detector((text, findings) -> threads.add(Thread.currentThread().getName()))
            .build()) {
      CustomerTool.allowAlice(governor);
      for (int i = 0; i < 50; i++) {
        CallOutcome outcome = governor.call(CustomerTool.call(), new CustomerTool().handler());
        assertThat(outcome).isInstanceOf(CallOutcome.Refused.class);
      }
    }
    assertThat(threads).isNotEmpty().doesNotContain("log");
  }

  @Test
  void aThousandCallsAtOnceAllSucceedAndEachHasItsTwoRecords() {
    CustomerTool tool = new CustomerTool();
    try (Governor governor =
        Governor.builder()
            .auditTo(directory.resolve("audit"))
            .durability(Durability.FLUSH)
            .build()) {
      CustomerTool.allowAlice(governor);
      List<CompletableFuture<CallOutcome>> outcomes = new ArrayList<>();
      for (int user = 0; user < 250; user++) {
        governor.grants().grantTenantAccess("user" + user, "acme");
        governor.grants().grantPiiPermission("user" + user);
      }
      for (int call = 0; call < 1_000; call++) {
        outcomes.add(
            governor
                .govern(
                    CallRequest.of(
                        CustomerTool.SERVER,
                        "get_customer",
                        Json.of(Map.of("tenant_id", "acme")),
                        Principal.verified("user" + call % 250)),
                    tool.handler())
                .toCompletableFuture());
      }
      Set<String> ids = new HashSet<>();
      for (CompletableFuture<CallOutcome> outcome : outcomes) {
        assertThat(outcome.join()).isInstanceOf(Released.class);
        ids.add(outcome.join().id());
      }
      assertThat(ids).hasSize(1_000);

      List<String> outcomesOnRecord = new ArrayList<>();
      List<String> attemptsOnRecord = new ArrayList<>();
      for (Json record : governor.readLogs(10_000)) {
        Map<String, Object> fields = record.object();
        if ("outcome".equals(fields.get("event"))) {
          outcomesOnRecord.add((String) fields.get("call_id"));
        } else if ("attempt".equals(fields.get("event"))) {
          attemptsOnRecord.add((String) fields.get("call_id"));
        }
      }
      assertThat(outcomesOnRecord).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(attemptsOnRecord).containsExactlyInAnyOrderElementsOf(ids);
    }
  }
}
