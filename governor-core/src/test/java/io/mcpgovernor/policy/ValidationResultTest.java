package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.policy.ValidationResult.Check;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidationResultTest {

  @Test
  void anAllowedCallIsShownWithItsFactsAndChecks() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("call_count", 3);
    facts.put("complexity_score", 25.5);
    facts.put("allowed_tenants", List.of("acme"));
    ValidationResult result =
        new ValidationResult(
            Decision.allow(),
            facts,
            List.of(
                new Check("rls", Verdict.ALLOWED, 7),
                new Check("rule:x", Verdict.SHADOW, 0),
                new Check("complexity", Verdict.NOT_EVALUATED, 0)));
    assertThat(result.isAllowed()).isTrue();
    assertThat(result.failedPolicy()).isNull();
    assertThat(json(result))
        .isEqualTo(
            "{\"is_allowed\":true,\"reason\":\"\",\"suggestions\":[],\"failed_policy\":null,"
                + "\"metadata\":{\"call_count\":3,\"complexity_score\":25.5,"
                + "\"allowed_tenants\":[\"acme\"]},"
                + "\"trace\":[{\"check\":\"rls\",\"verdict\":\"allowed\",\"micros\":7},"
                + "{\"check\":\"rule:x\",\"verdict\":\"shadow\",\"micros\":0},"
                + "{\"check\":\"complexity\",\"verdict\":\"not_evaluated\",\"micros\":0}]}");
  }

  @Test
  void aDenialIsShownWithReasonSuggestionsAndPolicy() {
    ValidationResult result =
        new ValidationResult(
            Decision.deny(DenialCode.rule("no\"pe"), "Not \u0000 now.", "Later."),
            Map.of(),
            List.of(new Check("rls", Verdict.DENIED, 1)));
    assertThat(result.isAllowed()).isFalse();
    assertThat(result.reason()).isEqualTo("Not \u0000 now.");
    assertThat(json(result))
        .isEqualTo(
            "{\"is_allowed\":false,\"reason\":\"Not \\u0000 now.\",\"suggestions\":[\"Later.\"],"
                + "\"failed_policy\":\"rule:no\\\"pe\",\"metadata\":{},"
                + "\"trace\":[{\"check\":\"rls\",\"verdict\":\"denied\",\"micros\":1}]}");
  }

  @Test
  void itStaysAsItWasWhateverHappensToItsParts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    List<Check> trace = new ArrayList<>();
    ValidationResult result = new ValidationResult(Decision.allow(facts), facts, trace);
    facts.put("a", 1);
    trace.add(new Check("rls", Verdict.ALLOWED, 1));
    assertThat(result.metadata()).isEmpty();
    assertThat(result.trace()).isEmpty();
    assertThat(result.decision().metadata()).isEmpty();
    assertThatThrownBy(() -> result.metadata().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static String json(ValidationResult result) {
    return new String(result.toJson().utf8(), StandardCharsets.UTF_8);
  }
}
