package io.mcpgovernor.verify;

import io.mcpgovernor.verify.LogReport.Problem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What verification found as one JSON object. */
final class JsonReport {
  private JsonReport() {}

  static String of(
      LogReport.Outcome outcome, VerificationReport report, @Nullable ProofReport proof) {
    JsonText json = new JsonText().open('{').field("outcome", text(outcome));
    json.name("logs").open('[');
    report.logs().forEach(log -> write(log, json));
    json.close(']');
    write(report.problems(), json);
    if (proof != null) {
      json.name("proof").open('{').field("file", proof.file().toString());
      json.field("outcome", text(proof.outcome())).field("reason", proof.reason());
      InclusionProof shown = proof.proof();
      if (shown != null) {
        json.field("seq", shown.seq()).field("size", shown.checkpoint().size());
        json.field("origin", shown.checkpoint().origin());
        json.field("time", shown.checkpoint().time()).field("record", shown.line());
      }
      json.close('}');
    }
    return json.close('}').toString();
  }

  private static String text(LogReport.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static void write(LogReport log, JsonText json) {
    json.open('{').field("directory", log.directory().toString());
    json.field("outcome", text(log.outcome())).field("origin", log.origin());
    LogReport.Records records = log.records();
    json.field("records", records.count()).field("first_seq", records.firstSeq());
    json.field("last_seq", records.lastSeq());
    json.field("first_timestamp", records.firstTimestamp());
    json.field("last_timestamp", records.lastTimestamp());
    json.field("segments", records.segments()).field("bytes", records.bytes());
    json.name("events").open('{');
    log.events().forEach(json::field);
    json.close('}');
    LogReport.Checkpoints checkpoints = log.checkpoints();
    json.name("checkpoints").open('{').field("count", checkpoints.count());
    json.field("last_size", checkpoints.lastSize()).field("last_time", checkpoints.lastTime());
    json.field("records_after", checkpoints.recordsAfter());
    json.field("outside_matching", checkpoints.outside()).close('}');
    write(log.signatures(), json);
    LogReport.LoneAttempts lone = log.loneAttempts();
    json.name("lone_attempts").open('{').field("count", lone.count()).name("first").open('[');
    for (LogReport.LoneAttempt attempt : lone.first()) {
      json.open('{').field("seq", attempt.seq()).field("call_id", attempt.callId()).close('}');
    }
    json.close(']').field("untracked", lone.untracked());
    json.field("outcomes_alone", lone.outcomesAlone()).close('}');
    json.field("superseded_bytes", log.supersededBytes());
    json.field("torn_tail_bytes", log.tornTailBytes());
    write(log.problems(), json);
    json.name("warnings").open('[');
    log.warnings().forEach(json::value);
    json.close(']').close('}');
  }

  private static void write(LogReport.Signatures signatures, JsonText json) {
    json.name("signatures").open('{').field("keys_from", signatures.source().text());
    json.name("keys").open('[');
    for (VerifierKey key : signatures.keys()) {
      json.open('{').field("id", key.id()).field("fingerprint", key.fingerprint()).close('}');
    }
    json.close(']').name("rotations").open('[');
    for (LogReport.Rotation rotation : signatures.rotations()) {
      json.open('{').field("seq", rotation.seq()).field("id", rotation.key().id());
      json.field("fingerprint", rotation.key().fingerprint()).close('}');
    }
    json.close(']').close('}');
  }

  private static void write(List<Problem> problems, JsonText json) {
    json.name("problems").open('[');
    for (Problem problem : problems) {
      json.open('{');
      if (problem.file() != null) {
        json.field("file", problem.file()).field("line", problem.line());
        json.field("offset", problem.offset()).field("seq", problem.seq());
      }
      json.field("reason", problem.reason()).close('}');
    }
    json.close(']');
  }
}
