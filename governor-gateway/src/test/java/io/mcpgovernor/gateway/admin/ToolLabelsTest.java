package io.mcpgovernor.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What callers make up is no label. */
final class ToolLabelsTest {
  private final ToolLabels labels = new ToolLabels(2);

  private String label(String tool, Event event, String code) {
    ToolCall call =
        new ToolCall(
            "c-1",
            Principal.verified("alice"),
            null,
            Tool.of("crm", Json.text("{\"name\":\"" + tool + "\"}")).build(),
            Json.EMPTY_OBJECT,
            Instant.EPOCH);
    AuditRecord.Builder record =
        AuditRecord.of(event, Status.ERROR, call, Instant.EPOCH).failure(code, "x", "no");
    return labels.of(record.build(), "crm");
  }

  @Test
  void aToolThatRanHasItsName() {
    assertThat(label("look", Event.OUTCOME, "tool_error")).isEqualTo("look");
    assertThat(label("look", Event.DENIED, "too_large")).isEqualTo("look");
  }

  @Test
  void aNameThatOnlyACallerKnowsIsUnknown() {
    for (String code : new String[] {"unknown_tool", "identity", "too_large", "policy_error"}) {
      assertThat(label("made-up", Event.DENIED, code)).as(code).isEqualTo("_unknown");
    }
  }

  @Test
  void aToolThatIsGoneIsUnknownAgain() {
    assertThat(label("look", Event.OUTCOME, "tool_error")).isEqualTo("look");
    assertThat(label("look", Event.DENIED, "unknown_tool")).isEqualTo("_unknown");
  }

  @Test
  void methodsShareALabel() {
    assertThat(label("method:made/up", Event.OUTCOME, "tool_error")).isEqualTo("_method");
  }

  @Test
  void beyondTheBoundToolsShareALabel() {
    label("one", Event.OUTCOME, "tool_error");
    label("two", Event.OUTCOME, "tool_error");
    assertThat(label("three", Event.OUTCOME, "tool_error")).isEqualTo("_other");
    assertThat(label("two", Event.OUTCOME, "tool_error")).isEqualTo("two");
  }
}
