package io.mcpgovernor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Fitted;
import io.mcpgovernor.pii.MaskMode;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputSchemaTest {
  private static final byte[] HASH_KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"string"}                                  | "john@example.com" | "***@***.com"
          {"type":"string","format":"email"}                 | "john@example.com" | "masked@masked.invalid"
          {"pattern":"^\\\\d{3}-\\\\d{2}-\\\\d{4}$"}         | "123-45-6789" | "000-00-0000"
          {"pattern":"^(?=\\\\d)[0-9-]+$"}                   | "123-45-6789" | "000-00-0000"
          {"pattern":"^tel:[0-9-]+$"}                        | "tel:555-123-4567" | "tel:000-000-0000"
          {"type":"string","maxLength":4}                    | "john@example.com" | "XXXX"
          {"type":"string","minLength":30}                   | "john@example.com" | "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"
          {"type":"string","format":"uuid"}                  | "john@example.com" | "00000000-0000-0000-0000-000000000000"
          {"type":"string","format":"date-time"}             | "john@example.com" | "1900-01-01T00:00:00Z"
          {"oneOf":[{"type":"integer"},{"format":"email","type":"string"}]} | "john@example.com" | "masked@masked.invalid"
          {"anyOf":[{"type":"integer"},{"format":"email","type":"string"}]} | "john@example.com" | "masked@masked.invalid"
          {"allOf":[{"type":"string"},{"format":"email"},{"maxLength":18}]} | "john@example.com" | "masked@example.com"
          {"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"format":"email"}}} | "john@example.com" | "masked@masked.invalid"
          {"items":{"format":"email"}}                       | ["a@b.org", "x", "c@d.org"] | ["masked@masked.invalid", "x", "masked@masked.invalid"]
          {"properties":{"ssn":{"type":"integer"}}}          | {"ssn": 123456789} | {"ssn": 0}
          {"properties":{"phone":{"type":"integer","minimum":1000000000,"maximum":9999999999}}} | {"phone": 5551234567} | {"phone": 1000000000}
          {"properties":{"dob":{"format":"date"}}}           | {"dob":"a@b.org","ssn":"123-45-6789"} | {"dob":"1900-01-01","ssn":"***-**-6789"}
          {"properties":{"dob":{"format":"date"},"kid":{"$ref":"#"}}} | {"dob":"a@b.org","kid":{"dob":"c@d.org"}} | {"dob":"1900-01-01","kid":{"dob":"1900-01-01"}}
          {"propertyNames":{"format":"email"}}               | {"a@b.org":1,"c@d.org":2} | {"masked@masked.invalid":1,"masked2@masked.invalid":2}
          {"patternProperties":{"^[^@]+@[a-z.]+$":{}},"additionalProperties":false} | {"a@b.org":"c@d.org"} | {"masked@masked.invalid":"***@***.com"}
          {"not":{"pattern":"[*]"}}                          | "john@example.com" | "masked@masked.invalid"
          """)
  void aSurrogateStandsWhereTheMaskDoesNotFit(String schema, String raw, String expected) {
    Fitted fitted = fitted(Masker.standard(), Sensitivity.STANDARD, schema, raw);

    assertThat(fitted.problem()).isNull();
    assertThat(content(fitted)).isEqualTo(expected);
    Json again = Json.text(content(fitted));
    assertThat(Masker.standard().scan(again).masked(Sensitivity.STANDARD))
        .as("masking twice changes nothing")
        .isSameAs(again);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"properties":{"e":{"enum":["john@example.com"]}}} | {"e":"john@example.com"} | /e must be one of
          {"properties":{"e":{"const":"john@example.com"}}}  | {"e":"john@example.com"} | /e does not satisfy "const"
          {"properties":{"phone":{"minimum":5551234567,"maximum":5551234568}}} | {"phone":5551234567} | /phone
          """)
  void whereNothingFitsThePlaceAndTheKeywordAreTold(String schema, String raw, String problem) {
    Fitted fitted = fitted(Masker.standard(), Sensitivity.STANDARD, schema, raw);

    if (problem.equals("/phone")) {
      assertThat(fitted.problem()).isNull(); // a text is no number, so bounds do not speak of it
    } else {
      assertThat(fitted.problem()).contains(problem);
    }
  }

  @ParameterizedTest
  @CsvSource({"MASK,STANDARD", "MASK,STRICT", "REDACT,STANDARD", "HASH,STRICT"})
  void everyModeAndLevelFits(MaskMode mode, Sensitivity level) {
    Masker masker = new Masker(MaskRules.builder().hashKey(HASH_KEY).mode(mode).build());

    Fitted fitted =
        fitted(masker, level, "{\"items\":{\"format\":\"email\"}}", "[\"john@example.com\"]");

    assertThat(fitted.problem()).isNull();
    assertThat(content(fitted)).isEqualTo("[\"masked@masked.invalid\"]");
  }

  @Test
  void theSameValueIsTheSameSurrogateWhereverItStands() {
    OutputSchema schema =
        OutputSchema.of(
            Json.text(
                    """
                    {"properties":{"email":{"format":"email"},"ssn":{"type":"integer"}}}""")
                .object());
    Json raw =
        Json.text(
            """
            {"content":[{"type":"text","text":"{\\"email\\":\\"a@b.org\\",\\"ssn\\":123456789}"},\
            {"type":"text","text":"Write to a@b.org, not to c@d.org"}],\
            "structuredContent":{"email":"a@b.org","ssn":123456789}}""");

    Fitted fitted =
        Masker.standard().scan(raw).fitted(Sensitivity.STANDARD, result -> misfits(schema, result));

    assertThat(text(fitted))
        .isEqualTo(
            """
            {"content":[{"type":"text","text":"{\\"email\\":\\"masked@masked.invalid\\",\\"ssn\\":0}"},\
            {"type":"text","text":"Write to masked@masked.invalid, not to ***@***.com"}],\
            "structuredContent":{"email":"masked@masked.invalid","ssn":0}}""");
  }

  @Test
  void aPlaceThatWasNeverFitAndHeldNothingToMaskIsLeftAlone() {
    String schema =
        "{\"properties\":{\"id\":{\"format\":\"uuid\"},\"email\":{\"format\":\"email\"}}}";

    Fitted fitted =
        fitted(
            Masker.standard(),
            Sensitivity.STANDARD,
            schema,
            "{\"id\":\"seven\",\"email\":\"a@b.org\"}");

    assertThat(fitted.problem()).isNull();
    assertThat(content(fitted)).isEqualTo("{\"id\":\"seven\",\"email\":\"masked@masked.invalid\"}");
  }

  @Test
  void aSchemaThatIsTooDeepTooLargeOrElsewhereIsRefused() {
    Map<String, Object> deep = Map.of("type", "string");
    for (int i = 0; i < 10_000; i++) {
      deep = Map.of("items", deep);
    }
    for (Map<String, Object> hostile :
        List.of(
            deep,
            Map.<String, Object>of("description", "x".repeat(300_000)),
            Map.<String, Object>of("$ref", "https://schemas.example.com/customer.json"),
            Map.<String, Object>of("pattern", "("))) {
      assertThatIllegalArgumentException().isThrownBy(() -> OutputSchema.of(hostile));
    }
  }

  @Test
  void aPatternThatBacktracksEndsAllTheSame() {
    String text = "a".repeat(50_000) + "!";

    assertThat(ToolSchema.of(Map.of("pattern", "^(a+)+$")).problem(Json.of(text))).isNotNull();
    assertThat(ToolSchema.of(Map.of("pattern", "^(?!b)(a+)+$")).problem(Json.of(text))).isNotNull();
  }

  @Test
  void whateverTheSchemaTheResultFitsOrIsWithheldAndHoldsNoCanary() {
    SplittableRandom random = new SplittableRandom(20_261_122);
    int released = 0;
    for (int i = 0; i < 400; i++) {
      Map<String, Object> properties = new LinkedHashMap<>();
      Map<String, Object> content = new LinkedHashMap<>();
      List<String> canaries = new ArrayList<>();
      for (int member = random.nextInt(1, 5); member > 0; member--) {
        plant(random, "f" + member, properties, content, canaries);
      }
      Map<String, Object> schema = Map.of("type", "object", "properties", properties);
      OutputSchema output = OutputSchema.of(schema);
      assertThat(output.misfits(Json.of(content), "x")).as("%s %s", schema, content).isEmpty();
      Json raw = Json.of(Map.of("structuredContent", content));

      Fitted fitted =
          Masker.standard()
              .scan(raw)
              .fitted(
                  random.nextBoolean() ? Sensitivity.STANDARD : Sensitivity.STRICT,
                  result -> misfits(output, result));

      assertThat(text(fitted)).doesNotContain(canaries);
      if (!schema.toString().contains("enum=")) {
        assertThat(fitted.problem()).as("%s", schema).isNull();
      }
      if (fitted.problem() == null) {
        released++;
        assertThat(misfits(output, fitted.value())).as("%s", schema).isEmpty();
      }
    }
    assertThat(released).isGreaterThan(200);
  }

  private static void plant(
      SplittableRandom random,
      String name,
      Map<String, Object> properties,
      Map<String, Object> content,
      List<String> canaries) {
    int digits = random.nextInt(1_000, 10_000);
    Object value;
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (random.nextInt(4)) {
      case 0 -> {
        value = "user" + digits + "@example.org";
        schema.put("type", "string");
        schema.put("format", "email");
      }
      case 1 -> {
        value = "123-45-" + digits;
        schema.put("pattern", "^\\d{3}-\\d{2}-\\d{4}$");
      }
      case 2 -> {
        value = "555-123-" + digits;
        schema.put("maxLength", random.nextInt(12, 16));
        schema.put("minLength", random.nextInt(12));
      }
      default -> {
        value = "+1 202 555 " + digits;
        schema.put("type", List.of("string", "null"));
        schema.put("pattern", "^[+0-9 ]+$");
      }
    }
    if (random.nextInt(6) == 0) {
      schema.put("enum", List.of(value, "other"));
    }
    canaries.add(String.valueOf(value));
    Object nested = value;
    Map<String, Object> around = schema;
    switch (random.nextInt(4)) {
      case 0 -> {
        nested = List.of(value, value);
        around = Map.of("type", "array", "items", schema);
      }
      case 1 -> {
        nested = Map.of("in", value);
        around = Map.of("properties", Map.of("in", schema), "additionalProperties", false);
      }
      case 2 -> around = Map.of("oneOf", List.of(Map.of("type", "boolean"), schema));
      default -> {}
    }
    content.put(name, nested);
    properties.put(name, around);
  }

  private static Fitted fitted(Masker masker, Sensitivity level, String schema, String raw) {
    OutputSchema output = OutputSchema.of(Json.text(schema).object());
    return masker
        .scan(Json.text("{\"structuredContent\":" + raw + "}"))
        .fitted(level, result -> misfits(output, result));
  }

  private static List<io.mcpgovernor.call.Misfit> misfits(OutputSchema schema, Json result) {
    return schema.misfits(Json.of(result.object().get("structuredContent")), "structuredContent");
  }

  private static String content(Fitted fitted) {
    String text = text(fitted);
    return text.substring("{\"structuredContent\":".length(), text.length() - 1);
  }

  private static String text(Fitted fitted) {
    return new String(fitted.value().utf8(), StandardCharsets.UTF_8);
  }
}
