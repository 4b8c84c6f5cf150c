package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.CallOutcome.Refused;
import io.mcpgovernor.CallOutcome.Released;
import io.mcpgovernor.Denial.Executed;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskMode;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.UnscannedBinary;
import io.mcpgovernor.policy.DenialCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which level counts where, and what becomes of what nobody can read. */
final class MaskingLevelsTest {
  private static final Map<String, ?> PDF =
      Map.of(
          "content",
          List.of(
              Map.of(
                  "type",
                  "resource",
                  "resource",
                  Map.of(
                      "uri",
                      "file:///report.pdf",
                      "mimeType",
                      "application/pdf",
                      "blob",
                      Base64.getEncoder()
                          .encodeToString(
                              "%PDF-1.7\n%\u00e2\u00e3\u0000\u0001"
                                  .getBytes(StandardCharsets.ISO_8859_1))))));

  @TempDir Path directory;

  private final CustomerTool tool = new CustomerTool();

  private Governor start(GovernorBuilder builder) {
    Governor governor = builder.auditTo(directory.resolve("audit")).build();
    CustomerTool.allowAlice(governor);
    return governor;
  }

  private static ToolHandler answering(Map<String, ?> result) {
    return call -> CompletableFuture.completedFuture(new ToolResult(Json.of(result), false));
  }

  @Test
  void placesAndKindsAreStrictWhereSomebodySaysSo() {
    MaskRules rules = MaskRules.builder().strict(Kinds.CARD).build();
    try (Governor governor =
        start(
            Governor.builder()
                .masking(rules)
                .strict("get_customer", "/ssn")
                .strict("another_tool", "/phone"))) {
      Released released = (Released) governor.call(call(), tool.handler());

      assertThat(released.result().object())
          .containsEntry("ssn", "***-**-****")
          .containsEntry("card", "****-****-****-****")
          .containsEntry("phone", "(***) ***-4567");
      assertThat(((Map<?, ?>) governor.readLogs(1).get(0).object().get("result")).get("phone"))
          .isEqualTo("(***) ***-****");
      assertThat(governor.readLogs(1).get(0).object().get("masked"))
          .isEqualTo(
              Map.of(
                  "counts",
                  Map.of("email", 1, "phone", 2, "ssn", 1, "card", 1),
                  "pointers",
                  List.of("/email", "/phone", "/ssn", "/card", "/note")));
    }
  }

  @Test
  void aPointerThatIsNoneIsRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Governor.builder().strict("get_customer", "ssn"))
        .withMessageContaining("begins with '/'");
  }

  @Test
  void aBinaryThatNobodyCanSearchIsWithheldFromAToolThatReadsPii() {
    try (Governor governor = start(Governor.builder())) {
      Denial denial = ((Refused) governor.call(call(), answering(PDF))).denial();

      assertThat(denial.code()).isEqualTo(DenialCode.MASKING_FAILED);
      assertThat(denial.executed()).isEqualTo(Executed.YES);
      assertThat(denial.reason()).contains("application/pdf");
      assertThat(denial.suggestions()).first().asString().contains("as text, JSON or CSV");
    }
  }

  @Test
  void itPassesWhereThatIsAllowedAndTheRecordSaysSo() {
    try (Governor governor = start(Governor.builder().unscannedBinary(UnscannedBinary.ALLOW))) {
      Released released = (Released) governor.call(call(), answering(PDF));

      assertThat(released.result().object()).isEqualTo(PDF);
      assertThat(governor.readLogs(1).get(0).object().get("unscanned"))
          .isEqualTo(Map.of("application/pdf", 1));
    }
  }

  @Test
  void itPassesFromToolsThatReadNoPii() {
    try (Governor governor = start(Governor.builder())) {
      governor
          .tools()
          .register(
              CustomerTool.definition("draw").requiresPii(false).build(), Sensitivity.STANDARD);

      assertThat(
              governor.call(
                  CallRequest.of(
                      CustomerTool.SERVER,
                      "draw",
                      Json.of(Map.of("tenant_id", "acme")),
                      CustomerTool.ALICE),
                  answering(PDF)))
          .isInstanceOf(Released.class);
    }
  }

  @Test
  void whatIsFoundInDisguiseIsCountedAndItsValueIsOnNoRecord() {
    String encoded =
        Base64.getEncoder()
            .encodeToString("a@example.com and b@example.com".getBytes(StandardCharsets.UTF_8));
    String result =
        """
        {"blob":{"uri":"x://1","blob":"%s"},"folded":"\uff11\uff12\uff13-\uff14\uff15-\uff16\uff17\uff18\uff19",\
        "pair":{"name":"ssn","value":123456789},"word":"see %s","c@example.com":1}"""
            .formatted(encoded, encoded);
    ToolHandler handler =
        call -> CompletableFuture.completedFuture(new ToolResult(Json.text(result), false));
    try (Governor governor = start(Governor.builder())) {
      governor.call(call(), handler);

      Json record = governor.readLogs(1).get(0);
      Map<?, ?> masked = (Map<?, ?>) record.object().get("masked");
      assertThat(masked.get("counts")).isEqualTo(Map.of("email", 5, "ssn", 2));
      assertThat((List<?>) masked.get("pointers"))
          .map(String::valueOf)
          .containsExactlyInAnyOrder(
              "/blob/blob", "/folded", "/pair/value", "/word", "/***@***.com");
      Map<String, Object> withoutHashes = new HashMap<>(record.object());
      withoutHashes.keySet().removeAll(Set.of("prev", "hash", "result_hmac", "tool_pin"));
      assertThat(withoutHashes.toString())
          .contains("***-**-****")
          .doesNotContain("@example", encoded.substring(0, 16), "6789", "\uff11");
    }
  }

  @Test
  void aHostMasksItsOwnTextsByTheSameRules() {
    MaskRules rules = MaskRules.builder().mode(MaskMode.REDACT).build();
    try (Governor governor = start(Governor.builder().masking(rules))) {
      assertThat(governor.mask("from john@example.com", Sensitivity.STRICT))
          .isEqualTo("from [EMAIL]");
    }
  }
}
