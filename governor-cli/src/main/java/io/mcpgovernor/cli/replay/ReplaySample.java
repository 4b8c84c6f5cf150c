package io.mcpgovernor.cli.replay;

import io.mcpgovernor.cli.audit.SampleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Writes a log of made-up calls with all that a replay reads: what each check said, complexity,
 * arguments of which one is masked. One call in twenty is denied.
 */
final class ReplaySample {
  private static final int SEGMENT_RECORDS = 100_000;
  private static final int TENANTS = 20;
  private static final List<String> CHECKS =
      List.of(
          "identity",
          "probing",
          "too_large",
          "unknown_tool",
          "schema",
          "rate_limit",
          "concurrency",
          "rls",
          "pii_access",
          "complexity",
          "masked_value",
          "charge");

  private final Random random = new Random(11);

  private ReplaySample() {}

  /** Writes so many records, or one more, into a directory. */
  static void write(Path directory, long records) throws IOException {
    ReplaySample sample = new ReplaySample();
    try (SampleLog log = new SampleLog(directory, 11, SEGMENT_RECORDS, false)) {
      for (long written = 0; written < records; ) {
        written += sample.call(log, written);
      }
    }
  }

  private int call(SampleLog log, long number) throws IOException {
    int user = random.nextInt(SampleLog.USERS);
    String tenant = "tenant-" + user % TENANTS;
    String tool = SampleLog.tool(random.nextInt(SampleLog.TOOLS));
    boolean isDenied = random.nextInt(20) == 0;
    double score = 30 + random.nextInt(60);
    String complexity = complexity(score);
    String arguments =
        ",\"arguments\":{\"tenant_id\":\""
            + tenant
            + "\",\"limit\":"
            + random.nextInt(1_000)
            + ",\"include\":[\"orders\",\"tickets\"],\"mail\":\"***@***.com\"}";
    String said = validation(isDenied, tenant, score, complexity);
    String which =
        ",\"call_id\":\"94ab75206633-"
            + number
            + "\",\"principal_source\":\"verified\",\"principal_issuer\":\"local\""
            + ",\"server\":\"crm\",\"tool_pin\":\""
            + "3f5a9c0e".repeat(8)
            + "\",\"lengths\":{\"/mail\":16}";
    String epoch = ",\"grants_epoch\":8,\"policy_version\":\"da06d0966b7e\"";
    log.record(
        log.head("user-" + user, tenant, tool)
            + arguments
            + ",\"result\":null"
            + said
            + ",\"execution_time_ms\":0.0,\"error\":"
            + (isDenied ? "\"Not this tenant.\"" : "null")
            + ",\"status\":\""
            + (isDenied ? "error" : "pending")
            + "\",\"event\":\""
            + (isDenied ? "denied" : "attempt")
            + '"'
            + which
            + (isDenied ? ",\"code\":\"rls\",\"executed\":\"no\"" : "")
            + ",\"complexity\":{\"score\":"
            + score
            + ",\"parts\":"
            + complexity
            + '}'
            + epoch);
    if (isDenied) {
      return 1;
    }
    log.record(
        log.head("user-" + user, tenant, tool)
            + arguments
            + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\""
            + "{\\\"name\\\":\\\"John Doe\\\",\\\"email\\\":\\\"***@***.com\\\"}".repeat(8)
            + "\"}],\"isError\":false}"
            + said
            + ",\"execution_time_ms\":12.25,\"error\":null,\"status\":\"success\""
            + ",\"event\":\"outcome\""
            + which
            + ",\"masked\":{\"counts\":{\"email\":8},\"pointers\":[\"/content/0/text\"]}"
            + ",\"overhead_us\":180,\"bytes\":690"
            + epoch);
    return 2;
  }

  private static String complexity(double score) {
    return "{\"base\":10,\"query_text\":" + (score - 30) + ",\"arguments\":10,\"nesting\":10}";
  }

  private static String validation(
      boolean isDenied, String tenant, double score, String complexity) {
    StringBuilder said = new StringBuilder(1_200).append(",\"validation\":{\"is_allowed\":");
    said.append(!isDenied)
        .append(",\"reason\":\"\",\"suggestions\":[],\"failed_policy\":")
        .append(isDenied ? "\"rls\"" : "null")
        .append(",\"metadata\":{\"call_count\":3,\"limit\":100,\"allowed_tenants\":[\"")
        .append(tenant)
        .append("\"],\"complexity\":")
        .append(complexity)
        .append(",\"complexity_score\":")
        .append(score)
        .append(",\"max_score\":100},\"trace\":[");
    boolean isOver = false;
    for (String check : CHECKS) {
      String verdict = isOver ? "not_evaluated" : "allowed";
      if (isDenied && check.equals("rls")) {
        verdict = "denied";
        isOver = true;
      }
      said.append(check.equals("identity") ? "{" : ",{")
          .append("\"check\":\"")
          .append(check)
          .append("\",\"verdict\":\"")
          .append(verdict)
          .append("\",\"micros\":4}");
    }
    return said.append("]}").toString();
  }
}
