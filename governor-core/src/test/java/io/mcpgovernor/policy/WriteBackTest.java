package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteBackTest {
  private final WriteBack rule = new WriteBack(text -> text.contains("***"));

  @Test
  void aMaskAnywhereInTheArgumentsIsNotWritten() {
    for (String arguments :
        List.of(
            "{\"ssn\":\"***-**-6789\"}",
            "{\"a\":[{\"b\":[\"x\",\"mail ***@***.com!\"]}]}",
            "{\"a\":{\"***@***.com\":1}}")) {
      Decision.Deny deny = (Decision.Deny) decide(Calls.PLAIN, arguments);
      assertThat(deny.code()).isEqualTo(DenialCode.MASKED_VALUE);
      assertThat(deny.suggestions()).isNotEmpty();
      assertThat(deny.reason()).doesNotContain("***");
    }
  }

  @Test
  void argumentsWithoutMasksAndToolsThatOnlyReadPass() {
    assertThat(decide(Calls.PLAIN, "{\"a\":[1,null,true,\"**\",{}]}").isAllowed()).isTrue();
    Tool reads = Calls.tool("{\"name\":\"find\",\"annotations\":{\"readOnlyHint\":true}}").build();
    assertThat(decide(reads, "{\"a\":\"***\"}").isAllowed()).isTrue();
  }

  private Decision decide(Tool tool, String arguments) {
    return rule.decideNow(Calls.of(Principal.verified("alice"), null, tool, Json.text(arguments)));
  }
}
