package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditRecordTest {
  private static final List<String> TEN_FIELDS =
      List.of(
          "timestamp",
          "user_id",
          "tenant_id",
          "tool_name",
          "arguments",
          "result",
          "validation",
          "execution_time_ms",
          "error",
          "status");
  private static final Instant AT = Instant.parse("2026-02-03T04:05:06.007008999Z");

  @Test
  void aRecordBeginsWithTheTenFieldsWhateverItHolds() {
    assertThat(empty().object().keySet()).startsWith(TEN_FIELDS.toArray(new String[0]));
    assertThat(full().object().keySet()).startsWith(TEN_FIELDS.toArray(new String[0]));
    assertThat(empty().object())
        .containsEntry("timestamp", "2026-02-03T04:05:06.007008Z")
        .containsEntry("user_id", "host")
        .containsEntry("tenant_id", null)
        .containsEntry("tool_name", "grant")
        .containsEntry("result", null)
        .containsEntry("status", "success")
        .containsEntry("event", "admin")
        .hasSize(11);
  }

  @Test
  void theRecordOfACallTellsWhoCalledWhatAndWhatCameOfIt() {
    assertThat(new String(full().utf8(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"timestamp\":\"2026-02-03T04:05:06.007008Z\",\"user_id\":\"alice\","
                + "\"tenant_id\":\"acme\",\"tool_name\":\"find\",\"arguments\":{\"a\":1},"
                + "\"result\":[ 2 ],\"validation\":{\"is_allowed\":true},"
                + "\"execution_time_ms\":1.25,\"error\":\"It failed.\",\"status\":\"error\","
                + "\"event\":\"outcome\",\"call_id\":\"c1\",\"principal_source\":\"verified\","
                + "\"principal_issuer\":\"local\",\"server\":\"crm\",\"tool_pin\":\""
                + tool().pin()
                + "\",\"code\":\"tool_error\",\"executed\":\"yes\","
                + "\"masked\":{\"counts\":{\"email\":2},\"pointers\":[\"/a\",\"/b\"]},"
                + "\"overhead_us\":17,\"bytes\":99,\"grants_epoch\":3}");
  }

  @Test
  void whatNamesHoldCannotBreakOutOfTheLine() {
    String nasty = "x\"}\n{\"seq\":1}\r\u2028\ud800";
    Json record = AuditRecord.of(Event.ADMIN, Status.SUCCESS, AT, nasty, nasty).build().toJson();
    assertThat(new String(record.utf8(), StandardCharsets.UTF_8)).doesNotContain("\n", "\r");
    assertThat(record.object()).containsEntry("user_id", nasty.replace('\ud800', '\ufffd'));
  }

  @Test
  void noValueCanPassForARecord() {
    Json forged = Json.text("{\"a\":\n{\"timestamp\":\"2026\",\"status\":\"success\"}\n}");
    Json record =
        AuditRecord.of(Event.OUTCOME, Status.SUCCESS, AT, "host", "x")
            .arguments(forged)
            .result(forged)
            .validation(forged)
            .build()
            .toJson();
    assertThat(new String(record.utf8(), StandardCharsets.UTF_8)).doesNotContain("\n");
    assertThat(record.object())
        .containsEntry("arguments", forged.tree())
        .containsEntry("result", forged.tree())
        .containsEntry("validation", forged.tree());
  }

  @Test
  void aValueThatIsNoJsonMakesNoRecord() {
    AuditRecord.Builder record = AuditRecord.of(Event.OUTCOME, Status.SUCCESS, AT, "host", "x");
    assertThatThrownBy(() -> record.result(Json.of(Map.of("a", new Object()))))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void aRecordThatIsBuiltCannotBeChanged() {
    Map<String, Integer> counts = new HashMap<>(Map.of("email", 2));
    List<String> pointers = new ArrayList<>(List.of("/a"));
    AuditRecord.Builder builder =
        AuditRecord.of(Event.OUTCOME, Status.SUCCESS, AT, "host", "x").masked(counts, pointers);
    AuditRecord record = builder.build();
    byte[] before = record.toJson().utf8();
    counts.put("card", 1);
    pointers.add("/b");
    assertThatThrownBy(() -> builder.grantsEpoch(7)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    assertThat(record.toJson().utf8()).isEqualTo(before);
  }

  private static Json empty() {
    return AuditRecord.of(Event.ADMIN, Status.SUCCESS, AT, "host", "grant").build().toJson();
  }

  private static Json full() {
    ToolCall call =
        new ToolCall("c1", Principal.verified("alice"), "acme", tool(), Json.EMPTY_OBJECT, AT);
    return AuditRecord.of(Event.OUTCOME, Status.ERROR, call, AT)
        .arguments(Json.text("{\"a\":1}"))
        .result(Json.text("[ 2 ]"))
        .validation(Json.text("{\"is_allowed\":true}"))
        .executionTimeMillis(1.25)
        .failure("tool_error", "It failed.", "yes")
        .masked(Map.of("email", 2), List.of("/a", "/b"))
        .cost(17, 99)
        .grantsEpoch(3)
        .build()
        .toJson();
  }

  private static Tool tool() {
    return Tool.of("crm", Json.text("{\"name\":\"find\"}")).build();
  }
}
