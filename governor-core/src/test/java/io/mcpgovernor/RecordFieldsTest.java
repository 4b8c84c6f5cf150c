package io.mcpgovernor;

import static io.mcpgovernor.CustomerTool.ALICE;
import static io.mcpgovernor.CustomerTool.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.ToolHandler;
import io.mcpgovernor.call.ToolResult;
import io.mcpgovernor.policy.QueryWeigher;
import io.mcpgovernor.policy.QueryWeight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What records say beyond who called what. */
final class RecordFieldsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir private Path temporary;

  private final CustomerTool tool = new CustomerTool();

  /** The key that hashes of this test's log are made with, as an auditor reads it. */
  private byte[] key() throws IOException {
    Path keys = temporary.resolve("audit.keys");
    if (!Files.exists(keys)) {
      open(Governor.builder()).close();
    }
    String id = Files.readString(keys.resolve("current-value")).strip();
    return HexFormat.of().parseHex(Files.readString(keys.resolve("value-" + id + ".key")).strip());
  }

  private Governor open(GovernorBuilder builder) {
    Governor governor = builder.auditTo(temporary.resolve("audit")).build();
    CustomerTool.allowAlice(governor);
    return governor;
  }

  /** The records of one call, oldest first. */
  private List<Map<String, Object>> records(CallRequest request, ToolHandler handler) {
    try (Governor governor = open(Governor.builder())) {
      governor.call(request, handler);
      List<Map<String, Object>> records = new ArrayList<>();
      for (Json record : governor.readLogs(20)) {
        Object call = record.object().get("call_id");
        // Newest first; those of an earlier call of the same test stand further back.
        if (call != null && (records.isEmpty() || call.equals(records.get(0).get("call_id")))) {
          records.add(0, record.object());
        }
      }
      return records;
    }
  }

  private List<Map<String, Object>> records(Map<String, ?> arguments) {
    return records(CustomerTool.call(arguments), tool.handler());
  }

  private static List<?> values(Map<String, Object> record) {
    return record.get("values") instanceof List<?> values ? values : List.of();
  }

  @Test
  void anAuditorWithTheKeyFindsWhatWasMasked() throws Exception {
    ValueSearch search = new ValueSearch(key());
    List<Map<String, Object>> records =
        records(Map.of("tenant_id", "acme", "who", "Jane.Roe@Example.org"));

    Set<String> argument = search.hashes(List.of("acme"), "jane.roe@example.org");
    Set<String> result = search.hashes(List.of("acme"), "5551234567");
    assertThat(values(records.get(0))).hasSize(1).allMatch(argument::contains);
    assertThat(values(records.get(1))).anyMatch(argument::contains).anyMatch(result::contains);
    assertThat(values(records.get(1))).as("five values, one of them twice").hasSize(5);
    assertThat(search.hashes(List.of("beta"), "5551234567"))
        .doesNotContainAnyElementsOf(values(records.get(1)).stream().map(String::valueOf).toList());
    assertThat(records.get(1)).containsEntry("values_key", search.keyId());
  }

  @Test
  void whoHasTheResultAndTheKeyCanProveThatItIsTheOne() throws Exception {
    byte[] key = key();
    List<Map<String, Object>> records = records(Map.of("tenant_id", "acme"));

    byte[] tenant = hmac(key, "tenant\0acme");
    assertThat(records.get(1).get("result_hmac"))
        .isEqualTo(HexFormat.of().formatHex(hmac(tenant, "result\0" + CustomerTool.RAW)));
    assertThat(records.get(0)).doesNotContainKeys("result_hmac", "values_key", "values");
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRecordHoldsAtMostAHundredValues() throws Exception {
    key();
    StringBuilder rows = new StringBuilder("[0");
    for (int i = 0; i < 500; i++) {
      rows.append(",\"a").append(i).append("@example.com\"");
    }
    ToolHandler handler =
        call -> CompletableFuture.completedFuture(new ToolResult(Json.text(rows + "]"), false));
    Map<String, Object> outcome =
        records(CustomerTool.call(Map.of("tenant_id", "acme", "who", "b@example.com")), handler)
            .get(1);

    assertThat(values(outcome)).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void stringsThatWereMaskedOrCutSayHowLongTheyWere() {
    List<Map<String, Object>> masked =
        records(
            Map.of(
                "tenant_id",
                "acme",
                "note",
                "ünï \"q\" jane.roe@example.org 😀",
                "list",
                List.of("plain", "555-123-4567")));
    assertThat(masked.get(0).get("lengths")).isEqualTo(Map.of("/note", 30, "/list/1", 12));

    List<Map<String, Object>> cut =
        records(Map.of("tenant_id", "acme", "body", List.of("x".repeat(70_000), "y".repeat(9))));
    assertThat(cut.get(0).get("lengths"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("/body/0", 70_000)
        .containsEntry("/body/1", 9);
    assertThat(cut.get(0).get("arguments").toString()).contains("truncated=true");

    assertThat(records(Map.of("tenant_id", "acme")).get(0)).doesNotContainKey("lengths");
  }

  @Test
  void attemptsAndDenialsSayWhatTheCallWeighed() {
    List<Map<String, Object>> allowed = records(Map.of("tenant_id", "acme"));
    assertThat(allowed.get(0).get("complexity").toString())
        .isEqualTo("{score=25.0, parts={base=10, query_text=0.0, arguments=5, nesting=10}}");
    assertThat(allowed.get(1)).doesNotContainKey("complexity");

    List<Map<String, Object>> denied =
        records(Map.of("tenant_id", "acme", "query", "select " + "x".repeat(9_993)));
    assertThat(denied.get(0)).containsEntry("code", "complexity").containsEntry("executed", "no");
    assertThat(denied.get(0).get("complexity").toString())
        .contains("score=130.0", "query_text=100.0");
  }

  @Test
  void whatTheStructureOfAQueryWeighedIsOnRecord() {
    try (Governor governor =
        open(Governor.builder().queryWeigher((name, query) -> new QueryWeight(12.5, List.of())))) {
      governor.call(
          CustomerTool.call(Map.of("tenant_id", "acme", "query", "select 1")), tool.handler());
      assertThat(governor.readLogs(2).get(1).object().get("complexity").toString())
          .isEqualTo(
              "{score=42.58, parts={base=10, query_text=0.08, arguments=10, nesting=10,"
                  + " structure=12.5}}");
    }
  }

  @Test
  void theTraceIsWhatTheClientSaysAndNothingElseGetsOnRecordThatWay() {
    assertThat(traceId("00-" + TRACE + "-00f067aa0ba902b7-01")).isEqualTo(TRACE);
    assertThat(traceId("cc-" + TRACE + "-00f067aa0ba902b7-01-more")).isEqualTo(TRACE);
    for (Object bad :
        List.of(
            "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
            "00-" + TRACE + "-0000000000000000-01",
            "ff-" + TRACE + "-00f067aa0ba902b7-01",
            "00-" + TRACE.replace('4', 'X') + "-00f067aa0ba902b7-01",
            "jane.roe@example.org",
            "00-" + TRACE + "-00f067aa0ba902b7-01-" + "x".repeat(1_000),
            7)) {
      assertThat(traceId(bad)).isNull();
    }
    assertThat(TraceId.of(Json.text("{"))).isNull();
  }

  private Object traceId(Object traceparent) {
    CallRequest request =
        new CallRequest(
            SERVER,
            "get_customer",
            Json.of(Map.of("tenant_id", "acme")),
            Json.of(Map.of("traceparent", traceparent)),
            ALICE);
    List<Map<String, Object>> records = records(request, tool.handler());
    assertThat(records.get(0).get("trace_id")).isEqualTo(records.get(1).get("trace_id"));
    return records.get(1).get("trace_id");
  }

  @Test
  void theSettingsThatDecidedHaveAVersion() {
    Object usual = version(Governor.builder());
    assertThat(usual).asString().matches("[0-9a-f]{12}").isEqualTo(version(Governor.builder()));
    assertThat(version(Governor.builder().callsPerHour(101))).isNotEqualTo(usual);
    assertThat(version(Governor.builder().strict("export", "/a"))).isNotEqualTo(usual);
    assertThat(version(Governor.builder().queryWeigher(new NamedWeigher("heavier"))))
        .isNotEqualTo(usual)
        .isEqualTo(version(Governor.builder().queryWeigher(new NamedWeigher("heavier"))));
    assertThat(version(Governor.builder().policyVersion("2026-11.3"))).isEqualTo("2026-11.3");
    assertThatIllegalArgumentException().isThrownBy(() -> Governor.builder().policyVersion("a b"));
  }

  private record NamedWeigher(String settings) implements QueryWeigher {
    @Override
    public QueryWeight weigh(String name, String query) {
      return null;
    }
  }

  private Object version(GovernorBuilder builder) {
    try (Governor governor = open(builder)) {
      governor.call(CustomerTool.call(), tool.handler());
      return governor.readLogs(1).get(0).object().get("policy_version");
    }
  }

  @Test
  void aFailureSaysWhetherTheToolRanAndWhatItAnsweredIsHashedAllTheSame() throws Exception {
    key();
    ToolHandler fails =
        call -> {
          throw new IllegalStateException();
        };
    assertThat(records(CustomerTool.call(), fails).get(1))
        .containsEntry("executed", "yes")
        .containsEntry("bytes", 0)
        .doesNotContainKey("result_hmac");
    ToolHandler withheld =
        call -> CompletableFuture.completedFuture(new ToolResult(Json.text("[\"\\u12\"]"), false));
    assertThat(records(CustomerTool.call(), withheld).get(1))
        .containsEntry("code", "masking_failed")
        .containsEntry("executed", "yes")
        .containsEntry("bytes", 8)
        .containsKey("result_hmac");
  }

  @Test
  void withoutAKeyOfOursNothingIsHashed() {
    List<AuditRecord> kept = new ArrayList<>();
    AuditLog own =
        new AuditLog() {
          @Override
          public CompletionStage<Receipt> append(AuditRecord record) {
            kept.add(record);
            return CompletableFuture.completedFuture(new Receipt(kept.size()));
          }

          @Override
          public List<Json> readLogs(int limit) {
            return List.of();
          }

          @Override
          public void close() {}
        };
    try (Governor governor = Governor.builder().auditLog(own).build()) {
      CustomerTool.allowAlice(governor);
      governor.call(CustomerTool.call(), tool.handler());
    }
    assertThat(kept)
        .hasSize(4)
        .allSatisfy(
            record ->
                assertThat(record.toJson().object())
                    .doesNotContainKeys("values", "values_key", "result_hmac"));
  }
}
