package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FactsTest {
  @Test
  void factsOfAllDecisionsAreOneMapAndTheLastOfANameCounts() {
    Facts facts =
        Facts.of(
            List.of(
                Decision.allow(Map.of("limit", 100)),
                Decision.allow(),
                Decision.allow(Map.of("score", 12.5)),
                Decision.allow(Map.of("limit", 7))));

    assertThat(facts).containsExactly(entry("score", 12.5), entry("limit", 7));
    Map<String, Object> visited = new LinkedHashMap<>();
    facts.forEach(visited::put);
    assertThat(visited).containsExactly(entry("score", 12.5), entry("limit", 7));
    assertThat(facts.get("limit")).isEqualTo(7);
    assertThat(facts).hasSize(2).doesNotContainKey("other");
  }

  @Test
  void nobodyCanChangeThem() {
    Facts facts = Facts.of(List.of(Decision.allow(Map.of("limit", 100))));

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> facts.put("limit", 1));
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(facts::clear);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> facts.entrySet().iterator().next().setValue(1));
  }
}
