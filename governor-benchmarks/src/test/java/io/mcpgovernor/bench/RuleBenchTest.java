package io.mcpgovernor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark of rules measures what it says; its figures are nobody's. */
final class RuleBenchTest {
  @Test
  void everyKindOfRuleHasItsRow() {
    assertThat(RuleBench.run(new Scale(1, 20, 1, 1)))
        .extracting(Row::name)
        .containsExactly(
            "rule, name and number: mean (parse)",
            "rule, PII in arguments: mean (parse)",
            "rule, role: mean (parse)",
            "rule, working hours: mean (parse)",
            "rule, list: mean (parse)",
            "100 rules, 10 apply: mean (parse)",
            "100 rules, 10 apply: p99",
            "20 rules: load");
  }
}
