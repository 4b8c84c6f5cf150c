package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpgovernor.Replay.Answer;
import io.mcpgovernor.Replay.Replayed;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ManualTime;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.policy.Condition;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.Rule.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other settings would have said to the calls of a real log. */
final class ReplayTest {
  @TempDir private Path temporary;

  private final ManualTime time = new ManualTime();
  private final CustomerTool tool = new CustomerTool();

  private GovernorBuilder settings() {
    return Governor.builder().timeSource(time).auditTo(temporary);
  }

  /** Makes calls and returns their records, oldest first. */
  private List<Json> recorded(GovernorBuilder settings, CallRequest... requests) {
    try (Governor governor = settings.build()) {
      CustomerTool.allowAlice(governor);
      for (CallRequest request : requests) {
        governor.call(request, tool.handler());
        time.advance(Duration.ofMinutes(1));
      }
      List<Json> records = new ArrayList<>(governor.readLogs(1_000));
      Collections.reverse(records);
      return records;
    }
  }

  private static List<Map<String, Object>> of(String event, List<Json> records) {
    return records.stream()
        .map(Json::object)
        .filter(record -> event.equals(record.get("event")))
        .<Map<String, Object>>map(HashMap::new)
        .toList();
  }

  private static List<Replayed> replayed(GovernorBuilder candidate, List<Json> records) {
    Replay replay = new Replay(candidate, List.of(CustomerTool.definition("get_customer").build()));
    return records.stream()
        .map(record -> replay.take(record.object()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static Rule rule(Condition when) {
    return new Rule(
        "candidate",
        "",
        Moment.CALL,
        Mode.ENFORCE,
        any -> true,
        when,
        new Effect.Refuse(facts -> "No.", List.of("Stop.")));
  }

  @Test
  void theSameSettingsFlipNothing() {
    CallRequest[] calls = {
      call(), call(Map.of("tenant_id", "other")), call(Map.of("tenant_id", "acme", "query", "x"))
    };
    assertThat(replayed(settings().callsPerHour(2), recorded(settings().callsPerHour(2), calls)))
        .hasSize(3)
        .noneMatch(Replayed::isFlip)
        .extracting(Replayed::now)
        .containsExactly(Answer.ALLOWED, Answer.DENIED, Answer.ALLOWED);
  }

  @Test
  void limitsCountAsTheyWouldHaveCountedAtTheRecordedTimes() {
    CallRequest[] calls = new CallRequest[70];
    Arrays.fill(calls, call());
    List<Replayed> replayed = replayed(settings().callsPerHour(5), recorded(settings(), calls));

    assertThat(replayed.subList(0, 5)).allMatch(it -> it.now() == Answer.ALLOWED);
    assertThat(replayed.subList(5, 61))
        .allMatch(it -> it.isFlip() && it.codeNow().equals("rate_limit"));
    assertThat(replayed.subList(61, 65)).allMatch(it -> it.now() == Answer.ALLOWED);
  }

  @Test
  void aLimitThatIsLiftedLetsThroughWhatItHeldUp() {
    // What a full window refuses is asked nothing else, so a lifted limit alone cannot say more.
    List<Json> records = recorded(settings().callsPerHour(1), call(), call());
    assertThat(replayed(settings().callsPerHour(2), records))
        .extracting(Replayed::now)
        .containsExactly(Answer.ALLOWED, Answer.UNKNOWABLE);
  }

  @Test
  void complexityIsWhatTheRecordSays() {
    List<Json> records = recorded(settings(), call());
    assertThat(replayed(settings().complexityBelow(30), records))
        .singleElement()
        .satisfies(it -> assertThat(it.codeNow()).isEqualTo("complexity"))
        .matches(Replayed::isFlip);
    assertThat(replayed(settings().complexityBelow(31), records)).noneMatch(Replayed::isFlip);
    List<Json> denied =
        recorded(Governor.builder().complexityBelow(30).auditTo(temporary.resolve("b")), call());
    assertThat(replayed(settings().disable(DenialCode.MASKED_VALUE, "-"), denied))
        .singleElement()
        .matches(it -> it.now() == Answer.ALLOWED && it.isFlip())
        .matches(it -> it.codeBefore().equals("complexity"));
  }

  @Test
  void aRuleThatAsksForAMaskedArgumentIsNotGuessedAt() {
    List<Json> records =
        recorded(
            settings(),
            call(Map.of("tenant_id", "acme", "limit", 5, "mail", "raw@example.com")),
            call(Map.of("tenant_id", "acme", "limit", 50, "mail", "nobody")));
    Condition byLimit = facts -> (Integer) facts.call().arguments().object().get("limit") > 10;
    Condition byMail = facts -> "nobody".equals(facts.call().arguments().object().get("mail"));
    Condition byRole = facts -> facts.roles().contains("admin");

    assertThat(replayed(settings().rules(List.of(rule(byLimit))), records))
        .extracting(Replayed::now)
        .containsExactly(Answer.ALLOWED, Answer.DENIED);
    assertThat(replayed(settings().rules(List.of(rule(byMail))), records))
        .extracting(Replayed::now, Replayed::why)
        .containsExactly(
            tuple(Answer.UNKNOWABLE, "args.mail is masked on record"), tuple(Answer.DENIED, "No."));
    assertThat(replayed(settings().rules(List.of(rule(byRole))), records))
        .extracting(Replayed::now)
        .containsOnly(Answer.UNKNOWABLE);
  }

  @Test
  void rulesAboutResultsSeeWhatTheOutcomeSays() {
    List<Json> records = recorded(settings(), call());
    Rule rule =
        new Rule(
            "no-ssn",
            "",
            Moment.RESULT,
            Mode.ENFORCE,
            any -> true,
            facts -> Objects.requireNonNull(facts.result()).masked().containsKey("ssn"),
            new Effect.Refuse(facts -> "No.", List.of("Stop.")));
    assertThat(replayed(settings().rules(List.of(rule)), records))
        .hasSize(2)
        .last()
        .matches(it -> it.isFlip() && it.codeNow().equals("rule:no-ssn"));
  }

  @Test
  void whatAnArgumentIsCalledIsKnownThoughItsValueIsMasked() {
    List<Json> records =
        recorded(settings(), call(Map.of("tenant_id", "acme", "mail", "raw@example.com")));
    Condition byName = facts -> facts.call().arguments().object().containsKey("limit");
    assertThat(replayed(settings().rules(List.of(rule(byName))), records))
        .extracting(Replayed::now)
        .containsExactly(Answer.ALLOWED);
  }

  @Test
  void aNameThatIsMaskedCouldBeAnyName() {
    List<Json> records =
        recorded(settings(), call(Map.of("tenant_id", "acme", "raw@example.com", 5)));
    Condition byName = facts -> facts.call().arguments().object().containsKey("limit");
    Condition byAll =
        facts -> facts.call().arguments().object().keySet().stream().anyMatch("limit"::equals);
    assertThat(replayed(settings().rules(List.of(rule(byName))), records))
        .extracting(Replayed::now)
        .containsExactly(Answer.UNKNOWABLE);
    assertThat(replayed(settings().rules(List.of(rule(byAll))), records))
        .extracting(Replayed::now)
        .containsExactly(Answer.UNKNOWABLE);
  }

  @Test
  void aDefinitionCountsForTheCallsThatBearItsPinAndForNoOthers() {
    Condition byTitle = facts -> facts.call().tool().isDefined();
    List<Map<String, Object>> attempts = of("attempt", recorded(settings(), call(), call()));
    attempts.get(1).put("tool_pin", "another");
    Replay replay =
        new Replay(
            settings().rules(List.of(rule(byTitle))),
            List.of(
                Tool.of("elsewhere", CustomerTool.definition("get_customer").build().definition())
                    .build()));
    assertThat(attempts.stream().map(replay::take))
        .extracting(Replayed::now)
        .containsExactly(Answer.DENIED, Answer.ALLOWED);
  }

  @Test
  void denialsThatAreOnlyCountedOnRecordAreCounted() {
    Map<String, Object> attempt = of("attempt", recorded(settings(), call())).get(0);
    Map<String, Object> counted = new HashMap<>(attempt);
    counted.remove("call_id");
    counted.put("event", "denied");
    counted.put("count", 7);
    Condition seven = facts -> facts.denialsInMinute() == 7;
    assertThat(
            replayed(
                settings().rules(List.of(rule(seven))),
                List.of(Json.of(counted), Json.of(attempt))))
        .extracting(Replayed::now)
        .containsExactly(Answer.DENIED);
  }

  @Test
  void aDenialThatNobodyCanReplayCountsAsTheDenialThatItWas() {
    List<Json> records = recorded(settings().callsPerHour(1), call(), call());
    Map<String, Object> refused = of("denied", records).get(0);
    Condition denied = facts -> facts.denialsInMinute() == 1;
    Map<String, Object> allowed = of("attempt", records).get(0);
    allowed.put("timestamp", refused.get("timestamp"));
    assertThat(
            replayed(
                settings().callsPerHour(9).rules(List.of(rule(denied))),
                List.of(Json.of(refused), Json.of(allowed))))
        .extracting(Replayed::now)
        .containsExactly(Answer.UNKNOWABLE, Answer.DENIED);
  }

  @Test
  void aRecordThatIsNoneIsRefusedAndNotJudged() {
    Map<String, Object> record = of("attempt", recorded(settings(), call())).get(0);
    record.put("timestamp", "yesterday");
    Replay replay = new Replay(settings(), List.of());
    assertThatThrownBy(() -> replay.take(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timestamp");
  }
}
