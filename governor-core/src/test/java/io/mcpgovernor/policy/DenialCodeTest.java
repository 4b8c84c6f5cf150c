package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenialCodeTest {

  @Test
  void allIsEveryConstant() throws IllegalAccessException {
    List<DenialCode> constants = new ArrayList<>();
    for (var field : DenialCode.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == DenialCode.class) {
        constants.add((DenialCode) field.get(null));
      }
    }
    assertThat(DenialCode.all()).containsExactlyInAnyOrderElementsOf(constants);
  }

  @Test
  void theCodesAreThoseOfTheContract() {
    assertThat(DenialCode.all())
        .extracting(DenialCode::name)
        .containsExactlyInAnyOrder(
            "identity",
            "too_large",
            "unknown_tool",
            "schema",
            "rate_limit",
            "concurrency",
            "rls",
            "pii_access",
            "complexity",
            "masked_value",
            "quarantined",
            "policy_error",
            "audit_unavailable",
            "timeout",
            "upstream",
            "tool_error",
            "masking_failed",
            "result_too_large");
    assertThat(DenialCode.rule("office-hours")).hasToString("rule:office-hours");
  }
}
