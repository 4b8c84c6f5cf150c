package io.mcpgovernor.pii;

import static io.mcpgovernor.pii.Sensitivity.STANDARD;
import static io.mcpgovernor.pii.Sensitivity.STRICT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.RandomTrees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnRulesTest {
  private static final Masker MASKER = Masker.standard();

  private static Columns columns(String path, Sensitivity level) {
    return ColumnRules.of(Map.of(path, level)).forTool("crm", "get_customer", Set.of("customers"));
  }

  private static Scan scan(String json, Columns columns) {
    return MASKER.scan(Json.text(json), columns);
  }

  private static String masked(String json, Columns columns, Sensitivity level) {
    return text(scan(json, columns).masked(level));
  }

  private static String text(Json json) {
    return new String(json.utf8(), UTF_8);
  }

  /** For the tool {@code get_customer} of the server {@code crm}, which reads {@code customers}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ssn                              | {"ssn":"x"}                     | {"ssn":"***"}
          ssn                              | {"id":7,"name":"x"}             | {"id":7,"name":"x"}
          ssn                              | {"a":[{"ssn":["x",["y"]]},"z"]} | {"a":[{"ssn":["***",["***"]]},"z"]}
          ssn                              | {"ssn":{"a":{"b":"x"},"c":7}}   | {"ssn":{"a":{"b":"***"},"c":"***"}}
          ssn                              | {"ssn":"x","b":"y"}             | {"ssn":"***","b":"y"}
          ssn                              | {"ssn":"x","ssn":"y"}           | {"ssn":"***","ssn":"***"}
          ssn                              | {"ssn":null,"a":null}           | {"ssn":null,"a":null}
          ssn                              | {"ssn":{},"a":[]}               | {"ssn":{},"a":[]}
          ssn                              | {"ssn":""}                      | {"ssn":"***"}
          ssn                              | {"ssn":true,"a":true}           | {"ssn":"***","a":true}
          ssn                              | {"ssn": 1.50e-3 , "a":[0]}      | {"ssn": "***" , "a":[0]}
          ssn                              | {"ssn":"{\\"a\\":1}"}           | {"ssn":"***"}
          ssn                              | {"session":"x","ssns":"x"}      | {"session":"x","ssns":"x"}
          ssn                              | {"SSN":"x","S-s_n":"x"}         | {"SSN":"***","S-s_n":"***"}
          ssn                              | {"s\\u0073n":"x","s\\/sn":"x"}  | {"s\\u0073n":"***","s\\/sn":"***"}
          ssn                              | {"ｓｓｎ":"x","s\\u200bsn":"x"} | {"ｓｓｎ":"***","s\\u200bsn":"***"}
          ssn                              | {"customers.ssn":"x"}           | {"customers.ssn":"***"}
          dob                              | {"D.O.B.":"x","d.o":"x"}        | {"D.O.B.":"***","d.o":"x"}
          customer_ssn                     | {"customerSsn":"x"}             | {"customerSsn":"***"}
          customerSSN                      | {"CUSTOMER SSN":"x"}            | {"CUSTOMER SSN":"***"}
          straße                           | {"STRASSE":"x"}                 | {"STRASSE":"***"}
          crm.ssn                          | {"ssn":"x"}                     | {"ssn":"***"}
          get_customer.ssn                 | {"ssn":"x"}                     | {"ssn":"***"}
          getCustomer.ssn                  | {"ssn":"x"}                     | {"ssn":"***"}
          list_orders.ssn                  | {"ssn":"x"}                     | {"ssn":"x"}
          customers.ssn                    | {"ssn":"x"}                     | {"ssn":"***"}
          crm.customers.ssn                | {"ssn":"x"}                     | {"ssn":"***"}
          crm.get_customer.customers.ssn   | {"ssn":"x"}                     | {"ssn":"***"}
          customers.crm.ssn                | {"ssn":"x"}                     | {"ssn":"x"}
          customers.crm.ssn                | {"crm":{"ssn":"x"}}             | {"crm":{"ssn":"***"}}
          hr.staff.pay                     | {"hr":{"staff":[{"pay":7}]}}    | {"hr":{"staff":[{"pay":"***"}]}}
          hr.staff.pay                     | {"hr":{"x":{"staff":{"pay":7}}}} | {"hr":{"x":{"staff":{"pay":"***"}}}}
          hr.staff.pay                     | {"staff":{"hr":{"pay":7}}}      | {"staff":{"hr":{"pay":7}}}
          hr.staff.pay                     | {"hr":{"staff":7},"pay":7}      | {"hr":{"staff":7},"pay":7}
          hr.staff.pay                     | {"hr":{"pay":7},"staff":{"pay":7}} | {"hr":{"pay":7},"staff":{"pay":7}}
          hr.staff.pay                     | {"hr":1,"a":{"staff":{"pay":7}}} | {"hr":1,"a":{"staff":{"pay":7}}}
          hr.staff.pay                     | {"hr.staff.pay":7}              | {"hr.staff.pay":"***"}
          hr.staff.pay                     | {"hr":"{\\"staff\\":{\\"pay\\":7}}"} | {"hr":"{\\"staff\\":{\\"pay\\":\\"***\\"}}"}
          a.a.a                            | {"a":{"a":7,"b":{"a":{"a":7}}}} | {"a":{"a":7,"b":{"a":{"a":"***"}}}}
          customers.address                | {"address":{"street":"x","no":7}} | {"address":{"street":"***","no":"***"}}
          ssn                              | {"t":"{\\"ssn\\":\\"x\\"}"}     | {"t":"{\\"ssn\\":\\"***\\"}"}
          ssn                              | {"t":"[{\\"ssn\\":true}] "}     | {"t":"[{\\"ssn\\":\\"***\\"}] "}
          ssn                              | {"t":"{\\"ssn\\":\\"\\"}"}      | {"t":"{\\"ssn\\":\\"***\\"}"}
          ssn                              | ["x",7,true]                    | ["x",7,true]
          ssn                              | "x"                             | "x"
          """)
  void aRuleCoversWhatItsPathSays(String path, String json, String expected) {
    for (Sensitivity rule : Sensitivity.values()) {
      for (Sensitivity level : Sensitivity.values()) {
        assertThat(masked(json, columns(path, rule), level)).isEqualTo(expected);
      }
    }
  }

  /** Nobody knows where the value ends, so none of the text goes out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ssn\":1}\n{\"ssn\":2}",
        "{\"a\":[{\"ssn\" : \"x",
        "Found: {\"ssn\":\"x\"}.",
        "{'SSN': 'x'}",
        "say {\"s\\u0073n\": 1}",
        "say \\\"ssn\\\": 1",
        "row.ssn \"customers.ssn\": x"
      })
  void textThatHoldsACoveredKeyButCannotBeReadIsMaskedWhole(String text) {
    Scan scan = MASKER.scan(Json.of(Map.of("t", text)), columns("ssn", STANDARD));
    assertThat(text(scan.masked(STANDARD))).isEqualTo("{\"t\":\"***\"}");
    assertThat(scan.counts()).isEqualTo(Map.of("column", 1));
    assertThat(scan.pointers()).containsExactly("/t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the ssn: 12",
        "\"ssn\" is a word",
        "{ssn} a: b",
        "{\"ssn ***-**-****\": 1",
        "::\":"
      })
  void proseIsNotCovered(String text) {
    assertThat(MASKER.scan(Json.of(Map.of("t", text)), columns("ssn", STRICT)).isClean()).isTrue();
  }

  @Test
  void coveredFieldsAreFoundHoweverDeepJsonStandsInText() {
    String json = "{\"ssn\":\"secret\"}";
    for (int i = 0; i < 2 * JsonScanner.NESTING_MAX; i++) {
      json = text(Json.of(Map.of("t", json)));
      assertThat(masked(json, columns("ssn", STANDARD), STANDARD)).doesNotContain("secret");
    }
  }

  @Test
  void atStandardAKnownKindKeepsItsMaskAndEverythingElseIsStars() {
    String json =
        """
        {"v":["123-45-6789","john@example.com",5551234567,"5551234567 or so","x 123-45-6789",12]}""";
    Map<String, Sensitivity> rules = new LinkedHashMap<>(Map.of("v", STANDARD));
    Scan scan = scan(json.replace("\"v\"", "\"phone\""), columns("phone", STANDARD));
    assertThat(text(scan.masked(STANDARD)))
        .isEqualTo(
            """
            {"phone":["***-**-6789","***@***.com","******4567","***","***","***"]}""");
    assertThat(text(scan.masked(STRICT)))
        .isEqualTo("{\"phone\":[\"***\",\"***\",\"***\",\"***\",\"***\",\"***\"]}");
    assertThat(scan.counts()).isEqualTo(Map.of("ssn", 1, "email", 1, "phone", 1, "column", 3));

    rules.put("crm.v", STRICT);
    Scan strict = scan(json, ColumnRules.of(rules).forTool("crm", "t", Set.of()));
    assertThat(text(strict.masked(STANDARD)))
        .isEqualTo("{\"v\":[\"***\",\"***\",\"***\",\"***\",\"***\",\"***\"]}");
    assertThat(strict.counts()).isEqualTo(Map.of("column", 6));
  }

  @Test
  void theStricterRuleWinsWhicheverIsFurtherOut() {
    for (String path : List.of("a", "b", "a.b")) {
      Map<String, Sensitivity> rules = new HashMap<>(Map.of("a", STANDARD, "b", STANDARD));
      rules.put(path, STRICT);
      Columns columns = ColumnRules.of(rules).forTool("s", "t", Set.of());
      assertThat(masked("{\"a\":{\"b\":\"123-45-6789\"}}", columns, STANDARD))
          .isEqualTo("{\"a\":{\"b\":\"***\"}}");
    }
  }

  @Test
  void whatIsMaskedAlreadyIsNotCountedAgain() {
    Columns standard = columns("phone", STANDARD);
    for (String mask :
        List.of("***", "***@***.com", "***-**-6789", "(***) ***-****", "******4567")) {
      assertThat(scan("{\"phone\":\"" + mask + "\"}", standard).isClean()).as(mask).isTrue();
    }
    assertThat(scan("{\"phone\":\"\\u002a**\"}", columns("phone", STRICT)).isClean()).isTrue();
    assertThat(masked("{\"phone\":\"***-**-6789\"}", columns("phone", STRICT), STANDARD))
        .isEqualTo("{\"phone\":\"***\"}");
  }

  @Test
  void countsAndPointersTellOfCoveredFieldsAndEverythingElse() {
    Scan scan =
        scan(
            "{\"pay\":[1,null,{\"x\":true}],\"mail\":\"a@b.cc\",\"a@b.cc\":{\"pay\":\"c@d.ee\"}}",
            columns("pay", STRICT));
    assertThat(text(scan.masked(STANDARD)))
        .isEqualTo(
            "{\"pay\":[\"***\",null,{\"x\":\"***\"}],\"mail\":\"***@***.com\","
                + "\"***@***.com\":{\"pay\":\"***\"}}");
    assertThat(scan.counts()).isEqualTo(Map.of("column", 3, "email", 2));
    assertThat(scan.pointers())
        .containsExactly("/pay/0", "/pay/2/x", "/mail", "/***@***.com", "/***@***.com/pay");
  }

  @Test
  void ofAToolThatNobodyKnowsTheFieldsOfAllRulesAreCovered() {
    Columns unknown = ColumnRules.of(Map.of("crm.customers.ssn", STRICT)).forUnknownTool();
    assertThat(masked("{\"ssn\":1,\"id\":2}", unknown, STRICT))
        .isEqualTo("{\"ssn\":\"***\",\"id\":2}");
  }

  @Test
  void aThousandRulesOfSixteenNamesAllCount() {
    Map<String, Sensitivity> rules = new HashMap<>();
    for (int i = 0; i < ColumnRules.RULES_MAX; i++) {
      rules.put("k.".repeat(14) + "t" + i + ".f" + i, STRICT);
    }
    Columns columns = ColumnRules.of(rules).forTool("s", "t", Set.of());
    String deep = "{\"k\":".repeat(14) + "{\"t999\":{\"f999\":1,\"f998\":1}}" + "}".repeat(14);
    assertThat(masked(deep, columns, STRICT))
        .isEqualTo(deep.replace("\"f999\":1", "\"f999\":\"***\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "a. .b", "_", "a.-", "*.ssn", "customers.*"})
  void aBadPathIsRefusedAndToldHowToWriteIt(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnRules.of(Map.of(path, STRICT)))
        .withMessageContaining("crm.customers.ssn");
  }

  @Test
  void tooMuchIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnRules.of(Map.of("a.".repeat(16) + "a", STRICT)))
        .withMessageContaining("17 names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnRules.of(Map.of("a".repeat(129), STRICT)))
        .withMessageContaining("128 characters");
    Map<String, Sensitivity> many = new HashMap<>();
    for (int i = 0; i <= ColumnRules.RULES_MAX; i++) {
      many.put("f" + i, STRICT);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnRules.of(many))
        .withMessageContaining("1001");
    ColumnRules.of(Map.of("a.".repeat(15) + "a".repeat(128), STRICT));
  }

  @Test
  void onePathHasOneLevel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnRules.of(Map.of("a.ssnId", STRICT, "A.ssn_id", STANDARD)))
        .withMessageContaining("one level");
    assertThat(ColumnRules.of(Map.of("a.ssnId", STRICT, "A.ssn_id", STRICT)).toString())
        .isEqualTo("ColumnRules[1]");
  }

  @Test
  void withoutRulesThereIsNothingToLookFor() {
    assertThat(ColumnRules.of(Map.of()).forTool("s", "t", Set.of("x"))).isSameAs(Columns.NONE);
    assertThat(ColumnRules.NONE.forUnknownTool()).isSameAs(Columns.NONE);
    Json clean = Json.text("{\"a\":[1,true,\"x\"]}");
    assertThat(MASKER.scan(clean, Columns.NONE).masked(STRICT)).isSameAs(clean);
  }

  private static final String[] NAMES = {
    "ssn",
    "a",
    "b",
    "com",
    "SSN",
    "a.b",
    "ssn 123-45-6789",
    "x@y.com",
    "ssn +44 20 7946 0958",
    "***"
  };
  private static final String[] VALUES = {
    "x",
    "",
    "***",
    "123-45-6789",
    "+44 20 7946 0958",
    "5551234567 x12",
    "{\"ssn\":\"a@b.cc\"}",
    "{\"a\":{\"b\":true,\"ssn\":5551234567}}",
    "{\"ssn\": x",
    "[\"ssn\": 1]",
    "(555) 123-4567"
  };

  private static Object named(Random random, RandomTrees trees, int levels) {
    if (levels == 0 || random.nextInt(5) == 0) {
      return random.nextInt(4) == 0 ? trees.next(1) : VALUES[random.nextInt(VALUES.length)];
    }
    if (random.nextInt(4) == 0) {
      List<Object> items = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        items.add(named(random, trees, levels - 1));
      }
      return items;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      members.put(NAMES[random.nextInt(NAMES.length)], named(random, trees, levels - 1));
    }
    return members;
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void maskingWhatRulesHaveMaskedChangesNothingAndItsStructureStays(long seed) {
    Random random = new Random(seed);
    RandomTrees trees = new RandomTrees(seed);
    for (int i = 0; i < 2_000; i++) {
      Map<String, Sensitivity> rules = new HashMap<>();
      for (String path : List.of("ssn", "a.b", "com", "b.a.ssn", "a")) {
        if (random.nextBoolean()) {
          rules.put(path, random.nextBoolean() ? STANDARD : STRICT);
        }
      }
      Columns columns = ColumnRules.of(rules).forTool("s", "t", Set.of());
      Json value = Json.of(named(random, trees, 4));
      Scan scan = MASKER.scan(value, columns);
      for (Sensitivity level : Sensitivity.values()) {
        Json masked = scan.masked(level);
        assertThat(shape(masked.tree())).isEqualTo(shape(value.tree()));
        assertThat(MASKER.scan(masked, columns).counts()).as(text(value) + rules).isEmpty();
      }
      assertThat(scan.pointers()).hasSizeLessThanOrEqualTo(Scan.POINTERS_MAX);
    }
  }

  /** A tree with nothing but its structure left. */
  private static String shape(Object tree) {
    if (tree instanceof Map<?, ?> members) {
      return members.values().stream()
          .map(ColumnRulesTest::shape)
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (tree instanceof List<?> items) {
      return items.stream().map(ColumnRulesTest::shape).collect(Collectors.joining(",", "[", "]"));
    }
    return tree == null ? "0" : "v";
  }
}
