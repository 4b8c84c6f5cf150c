package io.mcpgovernor.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpgovernor.call.Json;
import org.junit.jupiter.api.Test;

/** What a person has to see to approve a definition. */
final class DefinitionChangeTest {
  @Test
  void eachDifferenceIsNamedAsFarInAsItIs() {
    Json before = Json.text("{\"a\":{\"b\":1,\"c\":[1,2],\"d\":null},\"e\":true}");
    Json after = Json.text("{\"a\":{\"b\":1.0,\"c\":[2,1]},\"e\":{\"f\":1},\"g\":null}");

    assertThat(DefinitionChange.between(before, after))
        .extracting(DefinitionChange::pointer, DefinitionChange::before, DefinitionChange::after)
        .containsExactly(
            tuple("/a/b", "1", "1.0"),
            tuple("/a/c", "[1,2]", "[2,1]"),
            tuple("/a/d", "null", null),
            tuple("/e", "true", "{\"f\":1}"),
            tuple("/g", null, "null"));
  }

  @Test
  void anotherOrderOfKeysIsNoDifference() {
    assertThat(
            DefinitionChange.between(
                Json.text("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}"),
                Json.text("{\"b\":{\"d\":3,\"c\":2},\"a\":1}")))
        .isEmpty();
  }

  @Test
  void ofANewToolEverythingIsNew() {
    assertThat(DefinitionChange.between(null, Json.text("{\"name\":\"a\",\"x\":[]}")))
        .extracting(DefinitionChange::place, DefinitionChange::after)
        .containsExactly(tuple("name", "\"a\""), tuple("x", "[]"));
  }
}
