package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.ALICE;
import static io.mcpgovernor.CustomerTool.SERVER;
import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Explanation.Check;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.ColumnRules;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.RuleBook;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that change while the engine runs. */
final class QuarantineTest {
  private static final String NAME = "get_customer";

  @TempDir private Path directory;
  private final CustomerTool tool = new CustomerTool();
  private Governor governor;

  @BeforeEach
  void start() {
    governor = Governor.builder().auditTo(directory).build();
    CustomerTool.allowAlice(governor);
  }

  @AfterEach
  void stop() {
    governor.close();
  }

  private CallOutcome run(CallRequest request) {
    return governor.govern(request, tool.handler()).toCompletableFuture().join();
  }

  private Denial refused(CallRequest request) {
    return ((Refused) run(request)).denial();
  }

  @Test
  void aToolInQuarantineAnswersLikeOneThatDoesNotExistAndItsRecordSaysWhy() {
    governor.tools().quarantine(SERVER, NAME);

    Denial quarantined = refused(call());
    Denial missing = refused(CallRequest.of(SERVER, "no_such_tool", call().arguments(), ALICE));
    assertThat(quarantined.code()).isEqualTo(DenialCode.UNKNOWN_TOOL);
    assertThat(quarantined.toJson().object())
        .usingRecursiveComparison()
        .ignoringFields("decision_id")
        .isEqualTo(missing.toJson().object());
    assertThat(tool.runs).hasValue(0);
    assertThat(governor.mayUse(ALICE, SERVER, NAME)).isFalse();
    List<Json> records = governor.readLogs(2);
    assertThat(String.valueOf(records.get(1).object().get("validation")))
        .contains("hidden_by=quarantined");
    assertThat(String.valueOf(records.get(0).object().get("validation")))
        .doesNotContain("hidden_by");
  }

  @Test
  void noArgumentOfAToolInQuarantineIsLookedAtAsIfItExisted() {
    Tool mine = CustomerTool.definition(NAME).userArgument("user_id").build();
    governor.tools().replace(mine, Sensitivity.STANDARD);
    CallRequest ofSomebodyElse = call(Map.of("user_id", "bob", "tenant_id", "acme"));
    assertThat(refused(ofSomebodyElse).code()).isEqualTo(DenialCode.IDENTITY);

    governor.tools().quarantine(SERVER, NAME);

    assertThat(refused(ofSomebodyElse).code()).isEqualTo(DenialCode.UNKNOWN_TOOL);
  }

  @Test
  void anExplanationSaysThatAToolIsInQuarantine() {
    governor.tools().quarantine(SERVER, NAME);

    Explanation explanation = governor.explain(call()).toCompletableFuture().join();

    assertThat(explanation.result().failedPolicy()).isEqualTo("quarantined");
    assertThat(explanation.checks())
        .filteredOn(check -> check.verdict() == Verdict.DENIED)
        .extracting(Check::name, Check::reason)
        .containsExactly(
            tuple(
                "quarantined",
                "The tool's definition has changed, or is new, and nobody has approved it yet."));
  }

  @Test
  void registeringAToolAgainDoesNotEndItsQuarantineReplacingItDoes() {
    governor.tools().quarantine(SERVER, NAME);
    governor.tools().register(CustomerTool.definition(NAME).build(), Sensitivity.STANDARD);
    assertThat(governor.mayUse(ALICE, SERVER, NAME)).isFalse();

    governor.tools().replace(CustomerTool.definition(NAME).build(), Sensitivity.STANDARD);

    assertThat(run(call())).isInstanceOf(Released.class);
  }

  @Test
  void aNameCanBeInQuarantineBeforeAnythingIsRegisteredUnderIt() {
    governor.tools().quarantine(SERVER, "later");
    governor.tools().register(CustomerTool.definition("later").build(), Sensitivity.STANDARD);

    assertThat(governor.mayUse(ALICE, SERVER, "later")).isFalse();
  }

  @Test
  void theNextCallGoesByTheDefinitionThatTookThePlace() {
    assertThat(run(call())).isInstanceOf(Released.class);
    Tool strict =
        CustomerTool.definition(NAME).argumentCheck(arguments -> "nothing fits any more").build();
    governor.tools().replace(strict, Sensitivity.STRICT);

    assertThat(refused(call()).code()).isEqualTo(DenialCode.SCHEMA);
  }

  @Test
  void aToolThatWasRemovedIsUnknownUntilItIsRegisteredAgain() {
    governor.tools().quarantine(SERVER, NAME);
    governor.tools().remove(SERVER, NAME);
    assertThat(refused(call()).code()).isEqualTo(DenialCode.UNKNOWN_TOOL);
    assertThat(String.valueOf(governor.readLogs(1).get(0).object().get("validation")))
        .doesNotContain("hidden_by");

    governor
        .tools()
        .register(CustomerTool.definition(NAME).tags(Set.of("new")).build(), Sensitivity.STANDARD);

    assertThat(run(call())).isInstanceOf(Released.class);
  }

  @Test
  void plansOfToolsThatAreGoneAreNotKept() {
    ToolCatalogue catalogue = new ToolCatalogue();
    ToolPlans plans =
        new ToolPlans(
            catalogue, ToolSettings.NONE, ColumnRules.of(Map.of()), Map.of(), RuleBook.EMPTY);
    for (int i = 0; i < 1_000; i++) {
      catalogue.register(CustomerTool.definition("t" + i).build(), Sensitivity.STANDARD);
      assertThat(plans.find(SERVER, "t" + i)).isNotNull();
      catalogue.remove(SERVER, "t" + i);
    }

    assertThat(plans.size()).isLessThan(30);
  }

  @Test
  void aCallSeesOneDefinitionWhileAnotherTakesItsPlaceAgainAndAgain() {
    Tool[] turns = {
      CustomerTool.definition(NAME).tags(Set.of("a")).build(),
      CustomerTool.definition(NAME).tags(Set.of("b")).build()
    };
    CompletableFuture<Void> changing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                governor.tools().replace(turns[i % 2], Sensitivity.STANDARD);
              }
            });
    do {
      assertThat(governor.mayUse(ALICE, SERVER, NAME)).isTrue(); // never missing in between
    } while (!changing.isDone());
    changing.join();
    governor.tools().quarantine(SERVER, NAME);

    assertThat(governor.mayUse(ALICE, SERVER, NAME)).isFalse();
  }

  @Test
  void whatAnAdministratorDoesElsewhereGoesOnRecord() {
    governor.recordAdmin(
        "tool.approve",
        Map.of("server", SERVER, "tool", NAME, "pin", "0f".repeat(32), "why", "a@example.com"));

    assertThat(governor.readLogs(1).get(0).object())
        .containsEntry("event", "admin")
        .containsEntry("tool_name", "tool.approve")
        .containsEntry(
            "arguments",
            Map.of("server", SERVER, "tool", NAME, "pin", "0f".repeat(32), "why", "***@***.com"));
  }
}
