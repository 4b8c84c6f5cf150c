package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonSlicesTest {
  @Test
  void membersStandAsTheyStoodAndInTheirOrder() {
    Map<String, Json> members =
        JsonSlices.members(Json.text(" {\"z\" : 1.10 ,\"\\u0061\":{ \"b\":[ ]},\"\":\"\\/\"} "));
    assertThat(members.keySet()).containsExactly("z", "a", "");
    assertThat(members.values().stream().map(JsonSlicesTest::text))
        .containsExactly("1.10", "{ \"b\":[ ]}", "\"\\/\"");
    assertThat(JsonSlices.members(Json.EMPTY_OBJECT)).isEmpty();
  }

  @Test
  void itemsStandAsTheyStood() {
    Json array = Json.text(" [ 1e0 , [ ],{\"a\" :1,\"a\":2}] ");
    assertThat(JsonSlices.items(array).stream().map(JsonSlicesTest::text))
        .containsExactly("1e0", "[ ]", "{\"a\" :1,\"a\":2}");
    assertThat(text(JsonSlices.array(JsonSlices.items(array))))
        .isEqualTo("[1e0,[ ],{\"a\" :1,\"a\":2}]");
    assertThat(text(JsonSlices.array(List.of()))).isEqualTo("[]");
    assertThat(JsonSlices.items(Json.text("[]"))).isEmpty();
  }

  @Test
  void oneMemberIsReplacedOrAddedAndTheRestStays() {
    Json object = Json.text(" { \"a\" : 1 , \"\\u0062\" :[ ] } ");
    assertThat(text(JsonSlices.with(object, "a", Json.text("\"x\""))))
        .isEqualTo(" { \"a\" : \"x\" , \"\\u0062\" :[ ] } ");
    assertThat(text(JsonSlices.with(object, "b", Json.NULL)))
        .isEqualTo(" { \"a\" : 1 , \"\\u0062\" :null } ");
    assertThat(text(JsonSlices.with(object, "é\"", Json.NULL)))
        .isEqualTo(" { \"a\" : 1 , \"\\u0062\" :[ ] ,\"é\\\"\":null} ");
    assertThat(text(JsonSlices.with(Json.text("{ }"), "a", Json.of(1)))).isEqualTo("{ \"a\":1}");
    assertThat(text(JsonSlices.with(Json.text("{\"é\":1}"), "é", Json.of(2))))
        .isEqualTo("{\"é\":2}");
  }

  @Test
  void whatIsNoObjectOrHasAKeyTwiceIsRefused() {
    for (String text :
        List.of(
            "[]", "1", "", "{", "{}{}", "{\"a\":1,\"\\u0061\":2}", "{\"a\":}", "{\"a\":\"\n\"}")) {
      assertThatThrownBy(() -> JsonSlices.members(Json.text(text)))
          .isInstanceOf(MalformedJsonException.class);
      assertThatThrownBy(() -> JsonSlices.with(Json.text(text), "b", Json.NULL))
          .isInstanceOf(MalformedJsonException.class);
    }
    for (String text : List.of("{}", "", "[", "[1,]", "[1]2", "[01]")) {
      assertThatThrownBy(() -> JsonSlices.items(Json.text(text)))
          .isInstanceOf(MalformedJsonException.class);
    }
  }

  @Test
  void valuesMayBeOfTheFullDepth() {
    Json deepest = Json.text("[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX));
    assertThat(deepest.tree()).isNotNull();
    Json object = JsonSlices.with(Json.EMPTY_OBJECT, "a", deepest);
    assertThat(text(JsonSlices.members(object).get("a"))).isEqualTo(text(deepest));
    Json array = JsonSlices.array(List.of(deepest));
    assertThat(JsonSlices.items(array)).hasSize(1);
    assertThatThrownBy(() -> JsonSlices.items(JsonSlices.array(List.of(array))))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("is nested deeper than 257 levels");
  }

  private static String text(@Nullable Json json) {
    return new String(Objects.requireNonNull(json).utf8(), UTF_8);
  }
}
