package io.mcpgovernor.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolTest {
  private static final String DEFINITION =
      "{\"name\":\"find\",\"title\":\"Find\",\"description\":\"Finds things.\","
          + "\"inputSchema\":{\"properties\":{\"tenant_id\":{},\"q\":{\"properties\":{\"deep\":{}}}}},"
          + "\"annotations\":{\"readOnlyHint\":true}}";

  @Test
  void theDefinitionSaysWhatPoliciesAsk() {
    Tool tool = Tool.of("crm", Json.text(DEFINITION)).build();
    assertThat(tool).hasToString("crm/find");
    assertThat(tool.parameters()).containsExactlyInAnyOrder("tenant_id", "q");
    assertThat(tool.prose()).isEqualTo("Find Finds things.");
    assertThat(tool.isReadOnly()).isTrue();
    assertThat(tool.isKnown()).isTrue();
    assertThat(tool.requiresPii()).isNull();
    assertThat(tool.tenantScoped()).isNull();
  }

  @Test
  void anotherDefinitionHasAnotherPin() {
    String pin = Tool.of("crm", Json.text(DEFINITION)).build().pin();
    assertThat(pin).matches("[0-9a-f]{64}");
    assertThat(Tool.of("other", Json.text(DEFINITION)).build().pin()).isEqualTo(pin);
    assertThat(Tool.of("crm", Json.text(DEFINITION.replace("true", "false"))).build().pin())
        .isNotEqualTo(pin);
  }

  @Test
  void theOrderOfKeysDoesNotMatterForThePin() {
    assertThat(
            Tool.of("crm", Json.text("{\"name\":\"a\",\"x\":[{\"b\":1,\"c\":2}]}")).build().pin())
        .isEqualTo(
            Tool.of("crm", Json.text("{\"x\":[{\"c\":2,\"b\":1}],\"name\":\"a\"}")).build().pin())
        .isNotEqualTo(
            Tool.of("crm", Json.text("{\"name\":\"a\",\"x\":[{\"b\":2,\"c\":1}]}")).build().pin());
  }

  @Test
  void onlyTheLiteralTrueMakesAToolReadOnly() {
    for (String hint : List.of("false", "\"true\"", "1", "null")) {
      Json definition = Json.text(DEFINITION.replace("true", hint));
      assertThat(Tool.of("crm", definition).build().isReadOnly()).isFalse();
    }
  }

  @Test
  void aDefinitionNeedsAName() {
    for (String definition : List.of("{}", "{\"name\":\" \"}", "{\"name\":1}", "[]", "{")) {
      assertThatThrownBy(() -> Tool.of("crm", Json.text(definition)))
          .isInstanceOf(MalformedJsonException.class);
    }
  }

  @Test
  void anUnknownToolDeclaresNothing() {
    Tool tool = Tool.unknown("crm", "nope");
    assertThat(tool.isKnown()).isFalse();
    assertThat(tool.isReadOnly()).isFalse();
    assertThat(tool.parameters()).isEmpty();
    assertThat(tool.pin()).isEmpty();
  }

  @Test
  void aTimeoutIsPositive() {
    Tool.Builder tool = Tool.of("crm", Json.text(DEFINITION));
    assertThat(tool.timeout(Duration.ofNanos(1)).build().timeout()).isEqualTo(Duration.ofNanos(1));
    for (Duration bad : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> tool.timeout(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
