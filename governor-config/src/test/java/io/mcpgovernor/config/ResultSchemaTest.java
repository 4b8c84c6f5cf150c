package io.mcpgovernor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which results keep to what their tool promises. */
final class ResultSchemaTest {
  private static final ResultSchema SCHEMA =
      ResultSchema.of(
          "find",
          Map.of(
              "type",
              "object",
              "properties",
              Map.of("id", Map.of("type", "integer"), "mail", Map.of("format", "email"))));

  private static Json result(String text) {
    return Json.text(text);
  }

  @Test
  void structuredContentThatFitsIsNoMisfit() {
    Json fits = result("{\"content\":[],\"structuredContent\":{\"id\":7}}");

    assertThat(SCHEMA.misfit(fits)).isNull();
    assertThat(SCHEMA.misfits(fits)).isEmpty();
  }

  @Test
  void structuredContentThatDoesNotFitIsNamedWithItsPlace() {
    Json misfit = result("{\"structuredContent\":{\"id\":\"***\"}}");

    assertThat(SCHEMA.misfit(misfit)).isEqualTo("/id must be of type integer");
    assertThat(SCHEMA.misfits(misfit))
        .extracting(Misfit::path)
        .containsExactly(List.of("structuredContent", "id"));
  }

  @Test
  void formatsCountForTheStrictestClientOnly() {
    Json misfit = result("{\"structuredContent\":{\"mail\":\"***\"}}");

    assertThat(SCHEMA.misfit(misfit)).isNull();
    assertThat(SCHEMA.misfits(misfit)).hasSize(1);
  }

  @Test
  void structuredContentMustBeThereUnlessTheCallFailedOrHasNotEnded() {
    assertThat(SCHEMA.misfit(result("{\"content\":[]}"))).isEqualTo("it has no structured content");
    assertThat(SCHEMA.misfit(result("{\"content\":[],\"resultType\":\"complete\"}"))).isNotNull();
    for (String other :
        List.of(
            "{\"isError\":true}", "{\"resultType\":\"input_required\",\"requestState\":\"x\"}")) {
      assertThat(SCHEMA.misfit(result(other))).isNull();
      assertThat(SCHEMA.misfits(result(other))).isEmpty();
    }
  }

  @Test
  void aSchemaThatCannotBeUsedLetsNoStructuredContentPass() {
    for (Object unusable :
        List.of("text", true, List.of(), Map.of("$ref", "https://a.example/s.json"))) {
      ResultSchema schema = ResultSchema.of("find", unusable);

      assertThat(schema.misfit(result("{\"structuredContent\":{}}")))
          .as("%s", unusable)
          .isEqualTo("the tool's output schema cannot be used");
      assertThat(schema.misfits(result("{\"structuredContent\":{}}"))).hasSize(1);
      assertThat(schema.misfit(result("{\"content\":[]}"))).isNull();
    }
  }

  @Test
  void withoutASchemaNothingIsEvenRead() {
    Json unreadable = result("{{");

    assertThat(ResultSchema.of("find", null).misfit(unreadable)).isNull();
    assertThat(ResultSchema.NONE.misfits(unreadable)).isEmpty();
  }
}
