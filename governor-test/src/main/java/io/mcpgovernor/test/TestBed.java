package io.mcpgovernor.test;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.mcp.GovernedTools;
import io.mcpgovernor.policy.Identity;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one test has to itself: a governor, its clock, its audit log in a directory of its own, and
 * the governed tools. Thread-safe.
 */
final class TestBed implements AutoCloseable {
  private final FakeClock clock = new FakeClock();
  private final Path directory;
  private final NotedLog log;
  private final Governor governor;
  private final Doors doors;

  /**
   * @param policies sets up the governor
   * @param declarations says what there is to say about the tools
   */
  TestBed(
      Consumer<GovernorBuilder> policies,
      Consumer<GovernedTools> declarations,
      List<Object> objects,
      List<Object> specifications) {
    GovernorBuilder builder = Governor.builder().timeSource(clock);
    policies.accept(builder);
    try {
      this.directory = Files.createTempDirectory("governor-test-");
      this.log = new NotedLog(JsonlAuditLog.open(auditDirectory(), Durability.FLUSH));
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be opened", e);
    }
    Governor started = null;
    try {
      started = builder.auditLog(log).build();
      GovernedTools tools = GovernedTools.of(started);
      declarations.accept(tools);
      this.governor = started;
      this.doors = new Doors(tools, objects, specifications);
    } catch (RuntimeException e) {
      if (started != null) {
        started.close();
      } else {
        log.close();
      }
      delete(directory);
      throw e;
    }
  }

  FakeClock clock() {
    return clock;
  }

  Governor governor() {
    return governor;
  }

  Path auditDirectory() {
    return directory.resolve("audit");
  }

  /** The names of all tools, in order. */
  List<String> tools() {
    return doors.names();
  }

  /** Every call on record, in the order in which they began. */
  List<RecordedCall> calls() {
    return RecordedCall.of(governor.readLogs(Integer.MAX_VALUE));
  }

  /** Makes one call. */
  Answer call(Asked asked) {
    Map<String, Object> context = new LinkedHashMap<>(asked.context());
    if (asked.principal() != null) {
      context.put(GovernedTools.PRINCIPAL, asked.principal());
    }
    Map<String, @Nullable Object> meta = new LinkedHashMap<>(asked.meta());
    if (asked.tenant() != null) {
      // From there the engine tells it to the tool, under whatever name the tool asks for it.
      meta.put(Identity.META_TENANT, asked.tenant());
    }
    CallToolRequest.Builder request =
        CallToolRequest.builder(asked.tool()).arguments(asked.arguments());
    if (!meta.isEmpty()) {
      request.meta(meta);
    }
    NotedLog.Noted<CallToolResult> noted =
        log.noting(() -> doors.call(McpTransportContext.create(context), request.build()));
    return new Answer(asked, noted.value(), () -> recorded(asked, noted.callId()));
  }

  @Override
  public void close() {
    governor.close();
    delete(directory);
  }

  /** The records of a call: by its id or, where nobody noted that, the newest such call. */
  private @Nullable RecordedCall recorded(Asked asked, @Nullable String callId) {
    List<RecordedCall> calls = calls();
    for (int i = calls.size() - 1; i >= 0; i--) {
      RecordedCall call = calls.get(i);
      if (callId != null
          ? call.id().equals(callId)
          : call.has("tool_name", asked.tool())
              && asked.principal() != null
              && call.has("user_id", asked.principal().subject())) {
        return call;
      }
    }
    return null;
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log of a test cannot be deleted", e);
    }
  }
}
