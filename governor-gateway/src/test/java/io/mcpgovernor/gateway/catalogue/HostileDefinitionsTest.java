package io.mcpgovernor.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers may list anything; what is no tool is left out, and nothing else suffers. */
final class HostileDefinitionsTest {
  private static final Json GOOD = CatalogueTest.definition("good", "Does good.");

  @TempDir private Path directory;

  private static final List<String> UNUSABLE =
      List.of(
          "1",
          "[]",
          "null",
          "{",
          "",
          "{}",
          "{\"name\":7}",
          "{\"name\":\"\"}",
          "{\"name\":\"  \"}",
          "{\"name\":\"a\",\"name\":\"b\"}",
          "{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\",\"type\":\"array\"}}",
          "{\"name\":\"a\\u0000b\"}",
          "{\"name\":\"a\\u001b[31mb\"}",
          "{\"name\":\"a\\u202eb\"}",
          "{\"name\":\"a\\nb\"}",
          "{\"name\":\"a\\ud800b\"}",
          "{\"name\":\"method:resources/read\"}",
          "{\"name\":\"" + "x".repeat(129) + "\"}",
          "{\"name\":\"a\",\"description\":\"" + "x".repeat(256 * 1_024) + "\"}",
          "{\"name\":\"a\",\"inputSchema\":" + nested(210) + "}",
          "{\"name\":\"a\",\"inputSchema\":" + nested(100_000) + "}",
          "{\"name\":\"a\",\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");

  private static String nested(int levels) {
    return "{\"not\":".repeat(levels) + "{}" + "}".repeat(levels);
  }

  @Test
  void whatIsNoToolIsLeftOutAndTheOthersAreNot() {
    try (Governor governor = Governor.builder().auditTo(directory.resolve("audit")).build();
        Pins pins = Pins.open(directory.resolve("pins.json"));
        Catalogue catalogue = new Catalogue("crm", governor, pins)) {
      for (String definition : UNUSABLE) {
        assertThat(catalogue.admit(List.of(Json.text(definition), GOOD)))
            .as(definition.substring(0, Math.min(100, definition.length())))
            .containsExactly(GOOD);
      }

      assertThat(pins.list()).extracting(PinnedTool::name).containsExactly("good");
    }
  }

  @Test
  void bytesThatAreNoUtf8AreNoDefinition() {
    byte[] latin = "{\"name\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> ListedTool.of("crm", Json.utf8(latin)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesOfOtherScriptsAndOddSignsAreNames() {
    for (String name : List.of("größe", "検索", "a b", "a.b/c-d_e", "😀", "x".repeat(128))) {
      assertThat(ListedTool.of("crm", CatalogueTest.definition(name, "")).name()).isEqualTo(name);
    }
  }

  @Test
  void aDeepButLawfulDefinitionSurvivesTheFile() {
    Json deep = Json.text("{\"name\":\"deep\",\"x\":" + nested(150) + "}");
    try (Governor governor = Governor.builder().auditTo(directory.resolve("audit")).build();
        Pins pins = Pins.open(directory.resolve("pins.json"));
        Catalogue catalogue = new Catalogue("crm", governor, pins)) {

      assertThat(catalogue.admit(List.of(deep))).hasSize(1);

      assertThat(Pins.existing(directory.resolve("pins.json")).list())
          .singleElement()
          .satisfies(tool -> assertThat(tool.pinned().json().tree()).isEqualTo(deep.tree()));
    }
  }

  @Test
  void aPatternThatWouldBacktrackForEverAndSchemasThatPointAtEachOtherAreAnsweredInTime() {
    StringBuilder doubling =
        new StringBuilder("{\"name\":\"doubling\",\"inputSchema\":{\"$defs\":{");
    for (int i = 0; i < 40; i++) {
      doubling.append(
          "\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]},"
              .formatted(i, i + 1, i + 1));
    }
    doubling.append("\"d40\":{}},\"$ref\":\"#/$defs/d0\"}}");
    Json circle = Json.text("{\"name\":\"circle\",\"inputSchema\":{\"$ref\":\"#\"}}");
    Json bomb =
        Json.text(
            "{\"name\":\"bomb\",\"inputSchema\":{\"properties\":{\"a\":{\"pattern\":\"^(?=(a+)+$)\"}}}}");
    Json arguments = Json.text("{\"a\":\"" + "a".repeat(10_000) + "!\"}");

    for (Json definition : List.of(circle, bomb, Json.text(doubling.toString()))) {
      ListedTool tool = ListedTool.of("crm", definition);
      assertThat(problem(tool, arguments)).as(tool.name()).isNotNull();
    }
  }

  private static String problem(ListedTool tool, Json arguments) {
    return tool.tool().argumentCheck().problem(arguments);
  }

  @Test
  void moreToolsThanCanBeKeptAreLeftOut() {
    List<Json> many = new ArrayList<>();
    for (int i = 0; i < Catalogue.TOOLS_MAX + 5; i++) {
      many.add(Json.text("{\"name\":\"t" + i + "\"}"));
    }
    try (Governor governor = Governor.builder().auditTo(directory.resolve("audit")).build();
        Pins pins = Pins.open(directory.resolve("pins.json"));
        Catalogue catalogue = new Catalogue("crm", governor, pins)) {

      assertThat(catalogue.admit(many)).isEqualTo(many.subList(0, Catalogue.TOOLS_MAX));
      assertThat(governor.mayUse(Principal.verified("alice"), "crm", "t9999")).isTrue();
      assertThat(governor.mayUse(Principal.verified("alice"), "crm", "t10000")).isFalse();
    }
  }

  @Test
  void definitionsThatTakeMoreRoomThanThereIsAreLeftOut() {
    List<Json> large = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      large.add(CatalogueTest.definition("t" + i, "x".repeat(255 * 1_024)));
    }
    try (Governor governor = Governor.builder().auditTo(directory.resolve("audit")).build();
        Pins pins = Pins.open(directory.resolve("pins.json"));
        Catalogue catalogue = new Catalogue("crm", governor, pins)) {

      assertThat(catalogue.admit(large).size()).isBetween(90, 97);
      assertThat(catalogue.admit(List.of(GOOD))).hasSize(1);
    }
  }
}
