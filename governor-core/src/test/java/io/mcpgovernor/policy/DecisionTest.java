package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionTest {

  @Test
  void aDenialNeedsAReasonAndASuggestion() {
    assertThatThrownBy(() -> Decision.deny(DenialCode.RLS, " ", "Ask."))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Decision.Deny(DenialCode.RLS, "No.", List.of(), null, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDecisionDoesNotChange() {
    List<String> suggestions = new ArrayList<>(List.of("Ask."));
    Map<String, Object> facts = new HashMap<>(Map.of("a", 1));
    Decision.Deny deny = new Decision.Deny(DenialCode.RLS, "No.", suggestions, null, facts);
    Decision allow = Decision.allow(facts);
    suggestions.clear();
    facts.clear();
    assertThat(deny.suggestions()).containsExactly("Ask.");
    assertThat(deny.metadata()).containsEntry("a", 1);
    assertThat(allow.metadata()).containsEntry("a", 1);
  }

  @Test
  void aVariantOfADenialKeepsTheRest() {
    Decision.Deny deny = Decision.deny(DenialCode.RLS, "No.", "Ask.");
    Decision.Deny variant = deny.with(Map.of("a", 1)).retryAfter(Duration.ofSeconds(2));
    assertThat(variant)
        .isEqualTo(
            new Decision.Deny(
                DenialCode.RLS, "No.", List.of("Ask."), Duration.ofSeconds(2), Map.of("a", 1)));
    assertThat(variant.isAllowed()).isFalse();
    assertThat(Decision.allow().isAllowed()).isTrue();
  }
}
