package io.mcpgovernor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.call.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToolSchemaTest {
  /** Each definition asks for the next one twice: no list is that long. */
  private static Map<String, Object> doubling() {
    Map<String, Object> definitions = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      Map<String, String> next = Map.of("$ref", "#/$defs/d" + (i + 1));
      definitions.put("d" + i, Map.of("allOf", List.of(next, next)));
    }
    definitions.put("d60", Map.of());
    return Map.of("$defs", definitions, "$ref", "#/$defs/d0");
  }

  @Test
  void aSchemaThatDoublesTheWorkWithEachOfItsLinesOrNeverEndsFitsNothing() {
    Json object = Json.text("{\"a\":1}");
    for (Map<String, ?> endless : List.of(doubling(), Map.of("$ref", "#"))) {
      assertThat(ToolSchema.of(endless).problem(object))
          .isEqualTo("checking it against the schema takes too many steps");
      assertThat(OutputSchema.of(endless).misfits(object, "structuredContent")).hasSize(1);
    }
  }

  @Test
  void aLargeValueIsCheckedToItsEnd() {
    ToolSchema schema =
        ToolSchema.of(
            Map.of(
                "items", Map.of("anyOf", List.of(Map.of("type", "null"), Map.of("minimum", 0)))));
    List<Object> many = new ArrayList<>(Collections.nCopies(200_000, 7));

    assertThat(schema.problem(Json.of(many))).isNull();
    many.add(-1);
    assertThat(schema.problem(Json.of(many))).startsWith("/200000 ");
  }

  private static final Map<String, Object> ORDERS =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of(
              "status", Map.of("enum", List.of("open", "closed"), "type", "string"),
              "limit", Map.of("type", "integer", "minimum", 1, "maximum", 100),
              "code", Map.of("type", "string", "pattern", "^[A-Z]+$"),
              "tags", Map.of("type", "array", "items", Map.of("type", "string"))),
          "required",
          List.of("status"),
          "additionalProperties",
          false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"status":"open"}                          |
          {"status":"open","limit":100,"code":"AB"}  |
          {}                                         | lacks the required property "status"
          {"status":"secret"}                        | /status must be one of ["open","closed"]
          {"status":"open","limit":"secret"}         | /limit must be of type integer
          {"status":"open","limit":101}              | /limit does not satisfy "maximum": 100
          {"status":"open","code":"secret"}          | /code does not satisfy "pattern": "^[A-Z]+$"
          {"status":"open","tags":["a",7]}           | /tags/1 must be of type string
          {"status":"open","secret":1}               | a property that the schema does not name
          """)
  void problemsAreToldInWordsOfTheSchema(String arguments, String problem) {
    String told = ToolSchema.of(ORDERS).problem(Json.text(arguments));

    if (problem == null) {
      assertThat(told).isNull();
    } else {
      assertThat(told).contains(problem).doesNotContain("secret");
    }
  }

  @Test
  void placesUnderKeysOfTheCallersOwnAreNotNamed() {
    ToolSchema anyKeys =
        ToolSchema.of(Map.of("additionalProperties", Map.of("type", "integer"), "type", "object"));

    assertThat(anyKeys.problem(Json.of(Map.of("john@example.com", "x"))))
        .isEqualTo("/? must be of type integer");
  }

  @Test
  void whatIsNoSchemaIsRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToolSchema.of(Map.of("type", "object", "$ref", "http://x.example/y")))
        .withMessageContaining("JSON Schema");
  }

  @Test
  void whatSurelyFitsFitsByTheFullValidatorToo() {
    SplittableRandom random = new SplittableRandom(42);
    int sure = 0;
    for (int i = 0; i < 8_000; i++) {
      Map<String, Object> schema = schema(random, 3);
      PlainSchema plain = PlainSchema.of(schema);
      if (plain == null) {
        continue;
      }
      Map<String, Object> more = new HashMap<>(schema);
      more.put("not", Map.of("const", "never")); // not plain, so that the validator decides alone
      ToolSchema full = ToolSchema.of(more);
      for (int value = 0; value < 5; value++) {
        Object tree = value(random, 3);
        if (plain.surelyFits(tree)) {
          sure++;
          assertThat(full.problem(Json.of(tree))).as("%s for %s", tree, schema).isNull();
        }
      }
    }
    assertThat(sure).isGreaterThan(1_000);
  }

  private static Map<String, Object> schema(SplittableRandom random, int depth) {
    String[] types = {"string", "integer", "number", "boolean", "array", "object"};
    Map<String, Object> schema = new HashMap<>();
    schema.put("type", types[random.nextInt(depth == 0 ? 4 : 6)]);
    String[] bounds = {
      "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties"
    };
    for (String bound : bounds) {
      if (random.nextInt(8) == 0) {
        schema.put(bound, random.nextInt(3));
      }
    }
    if (random.nextInt(6) == 0) {
      schema.put("enum", List.of("a", "bb"));
    }
    if (depth > 0 && random.nextInt(3) > 0) {
      schema.put("items", schema(random, depth - 1));
      Map<String, Object> properties = new HashMap<>();
      for (String name : List.of("a", "bb")) {
        if (random.nextBoolean()) {
          properties.put(name, schema(random, depth - 1));
        }
      }
      schema.put("properties", properties);
      schema.put("required", random.nextBoolean() ? List.of("a") : List.of());
      schema.put("additionalProperties", random.nextBoolean());
    }
    return schema;
  }

  private static Object value(SplittableRandom random, int depth) {
    switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0:
        return List.of("a", "bb", "", "\ud83d\ude00").get(random.nextInt(4));
      case 1:
        return random.nextInt(-1, 4);
      case 2:
        return random.nextInt(3) * 0.5;
      case 3:
        return random.nextBoolean();
      case 4:
        return (long) random.nextInt(3);
      case 5:
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        return items;
      default:
        Map<String, Object> members = new HashMap<>();
        for (String name : List.of("a", "bb", "c")) {
          if (random.nextInt(3) == 0) {
            members.put(name, value(random, depth - 1));
          }
        }
        return members;
    }
  }
}
