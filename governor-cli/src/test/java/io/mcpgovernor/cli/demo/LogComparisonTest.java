package io.mcpgovernor.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.cli.demo.Answer.Refusal;
import io.mcpgovernor.cli.demo.Stage.Exchange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogComparisonTest {

  private static final Exchange ALLOWED = exchange(null);
  private static final Exchange DENIED =
      exchange(new Refusal("rls", "No.", List.of("Ask."), null, "no", "id-2"));

  private static final Map<String, ?> ATTEMPT = record("attempt", "id-1");
  private static final Map<String, ?> OUTCOME = record("outcome", "id-1");
  private static final Map<String, ?> DENIAL =
      Map.of(
          "event", "denied", "user_id", "bob", "tool_name", "t", "call_id", "id-2", "code", "rls");
  private static final Map<String, ?> ADMIN = Map.of("event", "admin");

  @Test
  void aCallHasAttemptAndOutcomeAndARefusedOneItsDenial() {
    Happening.Compared compared =
        LogComparison.of(List.of(ALLOWED, DENIED), List.of(DENIAL, OUTCOME, ATTEMPT, ADMIN));

    assertThat(compared.differences()).isEmpty();
    assertThat(compared.counts())
        .isEqualTo(Map.of("admin", 1, "attempt", 1, "outcome", 1, "denied", 1));
  }

  @Test
  void aMissingRecordIsADifference() {
    assertThat(LogComparison.of(List.of(ALLOWED), List.of(ATTEMPT)).differences())
        .containsExactly("outcome bob t: 0 records instead of 1");
    assertThat(LogComparison.of(List.of(DENIED), List.of()).differences())
        .containsExactly(
            "denied bob t rls: 0 records instead of 1", "decision id-2 is not on record");
  }

  @Test
  void aRecordOfACallNobodyMadeIsADifference() {
    assertThat(LogComparison.of(List.of(), List.of(DENIAL)).differences())
        .containsExactly("denied bob t rls: 1 records instead of 0");
  }

  @Test
  void anOutcomeBeforeItsAttemptIsADifference() {
    assertThat(LogComparison.of(List.of(ALLOWED), List.of(ATTEMPT, OUTCOME)).differences())
        .containsExactly("the outcome of id-1 has no attempt before it");
  }

  private static Exchange exchange(Refusal refusal) {
    return new Exchange(Caller.BOB, "t", new Answer(refusal, refusal != null, "", Map.of(), "{}"));
  }

  private static Map<String, ?> record(String event, String id) {
    return Map.of("event", event, "user_id", "bob", "tool_name", "t", "call_id", id);
  }
}
