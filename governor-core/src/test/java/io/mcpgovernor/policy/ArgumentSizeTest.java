package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentSizeTest {
  private final ArgumentSize rule = new ArgumentSize(1_000, 5);

  @Test
  void theLimitOfBytesIsTheLastSizeAllowed() {
    String frame = "{\"a\":\"\"}";
    Json largest = Json.of(Map.of("a", "x".repeat(1_000 - frame.length())));
    assertThat(largest.utf8()).hasSize(1_000);
    assertThat(decide(largest).isAllowed()).isTrue();
    refused(DenialCode.TOO_LARGE, Json.of(Map.of("a", "x".repeat(1_001 - frame.length()))));
    refused(DenialCode.TOO_LARGE, Json.of(Map.of("a", "é".repeat(500))));
    refused(DenialCode.TOO_LARGE, Json.of(Map.of("a", "x".repeat(20_000_000))));
    refused(DenialCode.TOO_LARGE, Json.text("{}" + " ".repeat(999)));
  }

  @Test
  void theLimitOfLevelsIsTheLastDepthAllowed() {
    assertThat(decide(Json.text("{\"a\":[{\"b\":[{}]}]}")).isAllowed()).isTrue();
    refused(DenialCode.TOO_LARGE, Json.text("{\"a\":[{\"b\":[{\"c\":[]}]}]}"));
    refused(DenialCode.TOO_LARGE, Json.text("{\"x\":1,\"a\":[1,[2,[3,[4,[5]]]]],\"y\":2}"));
  }

  @Test
  void depthWithoutEndIsFoundInTreesAndInBytes() {
    ArgumentSize wide = new ArgumentSize(100_000_000, 1_000_000);
    Object deep = Map.of();
    for (int i = 0; i < 10_000; i++) {
      deep = i % 2 == 0 ? Map.of("a", deep) : List.of(deep);
    }
    Map<String, Object> itself = new HashMap<>();
    itself.put("self", itself);
    for (Json arguments :
        List.of(
            Json.of(Map.of("deep", deep)),
            Json.of(itself),
            Json.text("{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}"))) {
      for (ArgumentSize size : List.of(wide, new ArgumentSize(100_000_000, 5))) {
        Decision.Deny deny = (Decision.Deny) size.decideNow(Calls.with(arguments));
        assertThat(deny.code()).isEqualTo(DenialCode.TOO_LARGE);
      }
    }
  }

  @Test
  void whatIsNoJsonObjectIsRefusedWithoutQuotingIt() {
    for (String arguments :
        List.of(
            "[]",
            "\"6789\"",
            "6789",
            "null",
            "true",
            "",
            "{",
            "{\"6789\":1,\"6789\":2}",
            "{\"a\":1}6789",
            "{\"a\":6789e99999999999}")) {
      Decision.Deny deny = refused(DenialCode.SCHEMA, Json.text(arguments));
      assertThat(deny.reason()).doesNotContain("6789");
    }
    Map<Object, Object> keys = new HashMap<>();
    keys.put(6789, 1);
    refused(DenialCode.SCHEMA, Json.of(keys));
    refused(DenialCode.SCHEMA, Json.of(Map.of("a", new Object[0])));
    refused(DenialCode.SCHEMA, Json.of(Map.of("a", Double.NaN)));
    refused(DenialCode.SCHEMA, Json.of(List.of()));
  }

  @Test
  void argumentsNeedRoomForAnEmptyObject() {
    assertThat(new ArgumentSize(2, 1).decideNow(Calls.with(Json.EMPTY_OBJECT)).isAllowed())
        .isTrue();
    assertThatThrownBy(() -> new ArgumentSize(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ArgumentSize(2, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private Decision.Deny refused(DenialCode code, Json arguments) {
    Decision.Deny deny = (Decision.Deny) decide(arguments);
    assertThat(deny.code()).isEqualTo(code);
    assertThat(deny.suggestions()).isNotEmpty();
    return deny;
  }

  private Decision decide(Json arguments) {
    return rule.decideNow(Calls.with(arguments));
  }
}
