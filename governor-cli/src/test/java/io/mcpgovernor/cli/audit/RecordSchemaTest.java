package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpgovernor.bench.audit.LogOfSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/audit-record.schema.json} takes for a record. */
final class RecordSchemaTest {
  private static final Path FILE = Path.of("../docs/audit-record.schema.json");
  private static final String CHAIN =
      ",\"seq\":2,\"prev\":\"" + "0".repeat(64) + "\",\"hash\":\"" + "a".repeat(64) + "\"}";
  private static final String DENIED =
      "{\"timestamp\":\"2026-01-01T00:00:00.000001Z\",\"user_id\":\"alice\",\"tenant_id\":\"t1\","
          + "\"tool_name\":\"get_customer\",\"arguments\":{\"id\":1},\"result\":null,"
          + "\"validation\":{\"is_allowed\":false,\"reason\":\"no\",\"suggestions\":[\"ask\"],"
          + "\"failed_policy\":\"rls\",\"metadata\":{\"allowed_tenants\":[]},"
          + "\"trace\":[{\"check\":\"rls\",\"verdict\":\"denied\",\"micros\":3}]},"
          + "\"execution_time_ms\":0.0,\"error\":\"no\",\"status\":\"error\",\"event\":\"denied\","
          + "\"call_id\":\"c1\",\"principal_source\":\"verified\",\"principal_issuer\":\"i\","
          + "\"server\":\"crm\",\"tool_pin\":null,\"code\":\"rls\",\"executed\":\"no\","
          + "\"complexity\":{\"score\":25.5,\"parts\":{\"base\":10,\"nesting\":10}},"
          + "\"lengths\":{\"/query\":120,\"\":3},\"values\":[\""
          + "ab".repeat(16)
          + "\"],\"result_hmac\":\""
          + "cd".repeat(32)
          + "\",\"values_key\":\"0123abcd\",\"trace_id\":\""
          + "0f".repeat(16)
          + "\",\"overhead_us\":10,\"bytes\":-1,\"grants_epoch\":3,\"policy_version\":\"v1\","
          + "\"masked\":{\"counts\":{\"email\":1},\"pointers\":[\"/email\"]},"
          + "\"unscanned\":{\"image/png\":1},\"count\":17,"
          + "\"since\":\"2026-01-01T00:00:00Z\""
          + CHAIN;

  private final Schema schema;

  RecordSchemaTest() throws IOException {
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(FILE), InputFormat.JSON);
  }

  private List<String> problems(String line) {
    return schema.validate(line, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  @Test
  void aRecordMayHaveEveryFieldAndNoOther() {
    assertThat(problems(DENIED)).isEmpty();
    assertThat(problems(DENIED.replace("\"grants_epoch\"", "\"grant_epoch\""))).isNotEmpty();
    assertThat(problems(DENIED.replace("\"micros\"", "\"nanos\""))).isNotEmpty();
    assertThat(problems(DENIED.replace("\"pointers\"", "\"places\""))).isNotEmpty();
  }

  @Test
  void theFieldsThatReadersRelyOnAreNeeded() {
    for (String field :
        List.of(
            "timestamp",
            "user_id",
            "tenant_id",
            "tool_name",
            "arguments",
            "result",
            "validation",
            "execution_time_ms",
            "error",
            "status",
            "event",
            "seq",
            "prev",
            "hash")) {
      assertThat(problems(DENIED.replace("\"" + field + "\":", "\"server\":")))
          .as(field)
          .isNotEmpty();
    }
  }

  @Test
  void valuesThatNoLogWritesAreRefused() {
    for (List<String> change :
        List.of(
            List.of("00.000001Z", "00.000001+01:00"),
            List.of("\"status\":\"error\"", "\"status\":\"success\""),
            List.of("\"event\":\"denied\"", "\"event\":\"refused\""),
            List.of("\"event\":\"denied\"", "\"event\":\"outcome\""),
            List.of("\"seq\":2", "\"seq\":0"),
            List.of("\"count\":17", "\"count\":1"),
            List.of("\"count\":17,", ""),
            List.of("\"executed\":\"no\"", "\"executed\":\"maybe\""),
            List.of("\"/query\":120", "\"query\":120"),
            List.of("0123abcd", "0123ABCD"),
            List.of("aaaa", "AAAA"))) {
      String changed = DENIED.replace(change.get(0), change.get(1));
      assertThat(changed).isNotEqualTo(DENIED);
      assertThat(problems(changed)).as("%s", change).isNotEmpty();
    }
  }

  @Test
  void excerptsStandForWhatIsTooLarge() {
    String excerpt = "{\"truncated\":true,\"bytes\":70000,\"head\":\"{\"}";
    String line =
        DENIED.replaceFirst(
            "\"validation\":\\{.*?\"micros\":3\\}\\]\\}", "\"validation\":" + excerpt);
    assertThat(line).contains(excerpt);
    assertThat(problems(line)).isEmpty();
    assertThat(problems(line.replace("70000", "7"))).isNotEmpty();
  }

  @Test
  void attemptsOutcomesAndCheckpointsAreRecords(@TempDir Path directory) throws IOException {
    LogOfSize.write(directory, 1_100);
    List<String> lines = Files.readAllLines(directory.resolve("audit-000001.jsonl"));

    assertThat(lines).anyMatch(line -> line.contains("\"event\":\"checkpoint\""));
    assertThat(lines).allSatisfy(line -> assertThat(problems(line)).isEmpty());
    String checkpoint =
        lines.stream().filter(line -> line.contains("\"checkpoint\":{")).findFirst().orElseThrow();
    assertThat(problems(checkpoint.replace("\\n\\n", "\\n"))).isNotEmpty();
    assertThat(problems(checkpoint.replace("\"event\":\"checkpoint\"", "\"event\":\"admin\"")))
        .isNotEmpty();
  }
}
