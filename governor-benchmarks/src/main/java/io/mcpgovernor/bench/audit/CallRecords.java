package io.mcpgovernor.bench.audit;

import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.bench.Calls;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Records as calls leave them, an attempt and an outcome in turn, with everything that the engine
 * puts into them. Values are made once; every record is rendered anew. Thread-safe.
 */
final class CallRecords {
  /** What the log adds to each line: seq, prev and hash. */
  private static final int LINK_BYTES = 170;

  private static final Json ARGUMENTS =
      Json.of(Map.of("customer_id", "C-1001", "tenant_id", "acme", "limit", 10));
  private static final Json RESULT =
      Json.of(
          Map.of(
              "content",
              List.of(Map.of("type", "text", "text", "John Doe, ***@***.com, (***) ***-****")),
              "structuredContent",
              Map.of("name", "John Doe", "email", "***@***.com", "phone", "(***) ***-****"),
              "isError",
              false));
  private static final Json VALIDATION =
      Json.of(
          Map.of(
              "is_allowed", true,
              "reason", "",
              "suggestions", List.of(),
              "metadata", Map.of("call_count", 7, "limit", 100, "complexity_score", 35),
              "trace", List.of()));

  private final ToolCall call;

  CallRecords() {
    CallRequest request = Calls.by(0, 0);
    Tool tool = Tool.of(request.server(), Json.of(Map.of("name", request.tool()))).build();
    call =
        new ToolCall(
            "abcdef012345-1", Principal.verified("alice"), "acme", tool, ARGUMENTS, Instant.now());
  }

  /** The record with this number. */
  AuditRecord record(int number) {
    return number % 2 == 0 ? attempt() : outcome();
  }

  /** How long a line is on average. */
  int bytes() {
    int both = attempt().toJson().utf8().length + outcome().toJson().utf8().length;
    return both / 2 + LINK_BYTES;
  }

  private AuditRecord attempt() {
    return AuditRecord.of(Event.ATTEMPT, Status.PENDING, call, Instant.now())
        .arguments(ARGUMENTS)
        .validation(VALIDATION)
        .policyVersion("3f2a9c0d1b7e")
        .complexity(35, Map.of("base", 10, "arguments", 15, "nesting", 10))
        .grantsEpoch(3)
        .build();
  }

  private AuditRecord outcome() {
    return AuditRecord.of(Event.OUTCOME, Status.SUCCESS, call, Instant.now())
        .arguments(ARGUMENTS)
        .validation(VALIDATION)
        .policyVersion("3f2a9c0d1b7e")
        .result(RESULT)
        .masked(Map.of("email", 2, "phone", 2), List.of("/content/0/text"))
        .executionTimeMillis(4.25)
        .cost(120, 2_048)
        .grantsEpoch(3)
        .build();
  }
}
