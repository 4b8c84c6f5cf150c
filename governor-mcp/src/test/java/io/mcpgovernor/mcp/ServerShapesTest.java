package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.policy.Identity;
import io.mcpgovernor.policy.Identity.Trust;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever shape a server has, its tools are governed alike: real clients over real wires. */
@ParameterizedClass
@EnumSource(Shape.class)
final class ServerShapesTest {
  /** What no two calls share. */
  private static final Set<String> IDS_AND_TIMES =
      Set.of(
          "hash",
          "prev",
          "values",
          "values_key",
          "result_hmac",
          "seq",
          "timestamp",
          "call_id",
          "execution_time_ms",
          "overhead_us",
          "micros");

  private static final Map<String, Object> OWN_TENANT = Map.of("id", 1, "tenant_id", "acme");

  @TempDir static Path directory;
  private static Wire wire;

  @Parameter Shape shape;

  @BeforeParameterizedClassInvocation
  static void start(Shape shape) throws Exception {
    wire = shape.start(directory.resolve(shape.name()), Trust.VERIFIED);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    wire.close();
  }

  private static CallToolResult call(
      Wire wire, String user, String tool, Map<String, Object> with) {
    return wire.client(user).callTool(CallToolRequest.builder(tool).arguments(with).build());
  }

  private static CallToolResult callWithMeta(Wire wire, Map<String, Object> meta) {
    return wire.client("")
        .callTool(CallToolRequest.builder("ping").arguments(Map.of()).meta(meta).build());
  }

  private static Map<?, ?> denied(
      String code, String executed, String user, CallToolResult result) {
    assertThat(result.isError()).isTrue();
    assertThat(result.meta()).containsKey("io.mcpgovernor/denial");
    Map<?, ?> denial = (Map<?, ?>) result.meta().get("io.mcpgovernor/denial");
    assertThat(denial.get("code")).isEqualTo(code);
    assertThat(denial.get("executed")).isEqualTo(executed);
    assertThat(text(result)).contains(code, String.valueOf(denial.get("reason")));
    assertThat(wire.records(user).get(0))
        .containsEntry("call_id", denial.get("decision_id"))
        .containsEntry("code", code)
        .containsEntry("error", denial.get("reason"))
        .containsEntry("executed", executed);
    return denial;
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  private static List<String> names(McpSyncClient client) {
    return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
  }

  @Test
  void everyPartOfAResultIsMasked() {
    CallToolResult result = call(wire, "alice", "get_customer", OWN_TENANT);

    assertThat(result.isError()).isFalse();
    assertThat(text(result)).isEqualTo("John Doe, ***@***.com, ***-**-6789");
    assertThat(result.structuredContent())
        .isEqualTo(Map.of("name", "John Doe", "email", "***@***.com", "ssn", "***-**-6789"));
    assertThat(result.meta()).containsEntry("contact", "***@***.com");
    assertThat(wire.records("alice").get(0))
        .containsEntry("event", "outcome")
        .containsEntry("status", "success")
        .containsEntry("principal_source", "verified");
  }

  @Test
  void whatMustNotRunIsDeniedWithItsReasonAndOnRecord() {
    Map<?, ?> schema =
        denied("schema", "no", "alice", call(wire, "alice", "get_customer", Map.of("id", "one")));
    assertThat(schema.get("reason"))
        .isEqualTo(
            "The arguments do not fit the tool's input schema: /id must be of type integer.");

    Map<?, ?> rls =
        denied(
            "rls",
            "no",
            "alice",
            call(wire, "alice", "get_customer", Map.of("id", 1, "tenant_id", "globex")));
    assertThat(rls.toString()).contains("acme").doesNotContain("globex");

    denied("pii_access", "no", "bob", call(wire, "bob", "get_customer", OWN_TENANT));
    denied("identity", "no", "", call(wire, "", "ping", Map.of()));
    denied(
        "identity",
        "no",
        "alice",
        call(
            wire, "alice", "get_customer", Map.of("id", 1, "tenant_id", "acme", "user_id", "bob")));
  }

  @Test
  void aListShowsEachCallerTheToolsTheyMayUse() {
    assertThat(names(wire.client("alice")))
        .containsExactlyInAnyOrder("get_customer", "ping", "typed", "broken");
    assertThat(names(wire.client("bob"))).contains("ping").doesNotContain("get_customer");
    assertThat(names(wire.client(""))).isEmpty();
  }

  @Test
  void aToolThatFailsTellsNothingOfItsMessage() {
    CallToolResult result = call(wire, "alice", "broken", OWN_TENANT);

    denied("tool_error", "yes", "alice", result);
    assertThat(result.toString()).doesNotContain("john@", "Row", "IllegalState", "at io.");
    assertThat(wire.records("alice").get(0).toString()).doesNotContain("john@", "Row");
  }

  @Test
  void aResultThatNoLongerFitsItsSchemaIsWithheld() {
    CallToolResult result = call(wire, "alice", "typed", OWN_TENANT);

    denied("masking_failed", "yes", "alice", result);
    assertThat(result.structuredContent()).isNull();
  }

  @Test
  void whatACallSaysOfItselfCountsForNothingUnlessTheHostTrustsIt() throws Exception {
    denied("identity", "no", "", callWithMeta(wire, Map.of(Identity.META_USER, "alice")));
    denied("identity", "no", "", call(wire, "", "ping", Map.of("user_id", "alice")));
    assertThat(wire.records("").get(0))
        .containsEntry("user_id", "default_user")
        .containsEntry("principal_source", "none");

    try (Wire trusting = shape.start(directory.resolve(shape + "-trust"), Trust.ARGUMENTS)) {
      call(trusting, "alice", "ping", Map.of("user_id", "bob"));
      assertCaller(trusting, "alice", "alice", "verified");
      call(trusting, "", "ping", Map.of("user_id", "bob"));
      assertCaller(trusting, "", "bob", "arguments");
      callWithMeta(trusting, Map.of(Identity.META_USER, "carol"));
      assertCaller(trusting, "", "carol", "meta");
      call(trusting, "", "ping", Map.of());
      assertCaller(trusting, "", "default_user", "default");
    }
  }

  private static void assertCaller(Wire wire, String client, String user, String source) {
    assertThat(wire.records(client).get(0))
        .containsEntry("event", "outcome")
        .containsEntry("status", "success")
        .containsEntry("user_id", user)
        .containsEntry("principal_source", source);
  }

  @Test
  void theSameCallsLeaveTheSameRecordsAsOnASynchronousServer() throws Exception {
    try (Wire synchronous = fresh(Shape.SYNC, "expected");
        Wire same = fresh(shape, "same")) {
      assertThat(recordsOfAllKinds(same)).hasSize(14).isEqualTo(recordsOfAllKinds(synchronous));
    }
  }

  private Wire fresh(Shape of, String name) throws Exception {
    return of.start(directory.resolve(shape + "-" + name), Trust.VERIFIED);
  }

  /** What calls of all kinds leave in the log, but for ids, times and what a log's own key made. */
  private static List<Object> recordsOfAllKinds(Wire wire) {
    wire.client("alice");
    int before = wire.records("alice").size();
    call(wire, "alice", "get_customer", OWN_TENANT);
    call(wire, "alice", "get_customer", Map.of("id", 2));
    call(wire, "alice", "get_customer", Map.of("id", "one"));
    call(wire, "alice", "get_customer", Map.of("id", 1, "tenant_id", "globex"));
    call(wire, "alice", "get_customer", Map.of("id", 1, "user_id", "bob"));
    call(wire, "alice", "get_customer", Map.of("id", 1, "ssn", "***-**-6789"));
    call(wire, "alice", "ping", Map.of());
    call(wire, "alice", "typed", OWN_TENANT);
    call(wire, "alice", "broken", OWN_TENANT);
    List<Map<String, Object>> records = wire.records("alice");
    return records.subList(0, records.size() - before).stream()
        .map(ServerShapesTest::withoutIdsAndTimes)
        .toList();
  }

  private static Object withoutIdsAndTimes(Object json) {
    if (json instanceof Map<?, ?> members) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      members.forEach(
          (name, value) -> {
            if (!IDS_AND_TIMES.contains(name)) {
              kept.put(name, withoutIdsAndTimes(value));
            }
          });
      return kept;
    }
    if (json instanceof List<?> items) {
      List<Object> kept = new ArrayList<>();
      items.forEach(item -> kept.add(withoutIdsAndTimes(item)));
      return kept;
    }
    return json;
  }
}
