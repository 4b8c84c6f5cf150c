package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.policy.ValidationResult.Check;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTest {
  @Test
  void aTraceIsTheListOfItsChecksHoweverManyThereAre() {
    for (int room : new int[] {0, 1, 14}) {
      Trace trace = new Trace(room);
      List<Check> checks = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Check check = new Check("rule:" + i, Verdict.values()[i % 4], 1_000L * i);
        trace.note(check.name(), check.verdict(), check.micros());
        checks.add(check);
      }
      assertThat(trace).isEqualTo(checks);
      assertThatThrownBy(() -> trace.get(30)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void whatIsPartOfAResultCannotBeAddedTo() {
    Trace trace = new Trace(2);
    trace.note("rls", Verdict.ALLOWED, Long.MAX_VALUE);
    ValidationResult result = new ValidationResult(Decision.allow(), Map.of(), trace);
    assertThatThrownBy(() -> trace.note("late", Verdict.DENIED, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> result.trace().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(result.trace())
        .containsExactly(new Check("rls", Verdict.ALLOWED, Integer.MAX_VALUE));
  }

  @Test
  void aResultIsShownTheSameWhateverListItsTraceIs() {
    Trace trace = new Trace(1);
    trace.note("rls", Verdict.ALLOWED, 3);
    trace.note("rule:x", Verdict.NOT_EVALUATED, 0);
    ValidationResult own = new ValidationResult(Decision.allow(), Map.of("limit", 1), trace);
    ValidationResult other =
        new ValidationResult(Decision.allow(), Map.of("limit", 1), List.copyOf(trace));
    assertThat(own.toJson().utf8()).isEqualTo(other.toJson().utf8());
  }
}
