package io.mcpgovernor.verify;

import io.mcpgovernor.verify.LogReport.Outcome;
import io.mcpgovernor.verify.LogReport.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What verification found, for people. */
final class TextReport {
  private static final int ROTATIONS_SHOWN = 3;

  private final PrintWriter out;

  private TextReport(PrintWriter out) {
    this.out = out;
  }

  static void print(VerificationReport report, @Nullable ProofReport proof, PrintWriter out) {
    TextReport text = new TextReport(out);
    report.logs().forEach(text::log);
    text.problems(report.problems());
    if (proof != null) {
      text.proof(proof);
    }
    out.flush();
  }

  private void log(LogReport log) {
    out.println(Printable.of(log.directory() + ": " + verdict(log)));
    problems(log.problems());
    records(log);
    checkpoints(log);
    signatures(log);
    loneAttempts(log.loneAttempts());
    if (log.supersededBytes() > 0) {
      line(
          "superseded",
          log.supersededBytes() + " bytes that a failed write left and that do not count");
    }
    log.warnings().forEach(warning -> line("note", warning));
  }

  private static String verdict(LogReport log) {
    return switch (log.outcome()) {
      case OK -> "ok, verified to seq " + log.records().lastSeq();
      case UNREADABLE -> "CANNOT BE READ";
      case FAILED -> "VERIFICATION FAILED";
    };
  }

  private void problems(List<Problem> problems) {
    for (Problem problem : problems) {
      String where =
          problem.file() == null
              ? ""
              : problem.file()
                  + " line "
                  + problem.line()
                  + ", at byte "
                  + problem.offset()
                  + ", seq "
                  + problem.seq()
                  + ": ";
      line("PROBLEM", where + problem.reason());
    }
  }

  private void records(LogReport log) {
    LogReport.Records records = log.records();
    if (records.count() == 0) {
      line("records", "none verified");
      return;
    }
    line(
        "records",
        count(records.count())
            + (log.outcome() == Outcome.OK ? "" : " before that")
            + ": seq "
            + records.firstSeq()
            + " to "
            + records.lastSeq()
            + ", "
            + records.firstTimestamp()
            + " to "
            + records.lastTimestamp()
            + ", "
            + records.segments()
            + (records.segments() == 1 ? " file" : " files"));
    line(
        "events",
        log.events().entrySet().stream()
            .map((Map.Entry<String, Long> event) -> event.getKey() + " " + count(event.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private void checkpoints(LogReport log) {
    LogReport.Checkpoints checkpoints = log.checkpoints();
    if (checkpoints.count() == 0) {
      line("checkpoints", "none: nothing but the chain protects these records");
    } else {
      line(
          "checkpoints",
          count(checkpoints.count())
              + ", the last covers seq 1 to "
              + checkpoints.lastSize()
              + (checkpoints.lastTime() == null ? "" : ", signed " + checkpoints.lastTime())
              + "; "
              + count(checkpoints.recordsAfter())
              + (checkpoints.recordsAfter() == 1 ? " record" : " records")
              + " after it");
    }
    line(
        "outside",
        checkpoints.outside() == 0
            ? "no checkpoint from elsewhere was compared (--checkpoint)"
            : count(checkpoints.outside()) + " checkpoints from elsewhere match");
  }

  private void signatures(LogReport log) {
    LogReport.Signatures signatures = log.signatures();
    List<VerifierKey> rotated =
        signatures.rotations().stream().map(LogReport.Rotation::key).toList();
    String keys =
        signatures.keys().stream()
            .filter(key -> !rotated.contains(key))
            .map(key -> key.id() + " (fingerprint " + key.fingerprint() + ")")
            .collect(Collectors.joining(", "));
    if (log.checkpoints().count() > 0) {
      line(
          "signatures",
          switch (signatures.source()) {
            case GIVEN -> "checked with the keys given: " + keys;
            case BESIDE_THE_LOG ->
                "checked with keys that stand beside the log, which shows only that it is"
                    + " consistent (--key): "
                    + keys;
            case NONE -> "NOT CHECKED: there is no key (--key)";
          });
    }
    int all = signatures.rotations().size();
    if (all > ROTATIONS_SHOWN) {
      line("new keys", (all - ROTATIONS_SHOWN) + " others before these (--json)");
    }
    for (LogReport.Rotation rotation :
        signatures.rotations().subList(Math.max(0, all - ROTATIONS_SHOWN), all)) {
      line(
          "new key",
          rotation.key().id()
              + " from seq "
              + rotation.seq()
              + " on, signed for by a key trusted before; fingerprint "
              + rotation.key().fingerprint());
    }
  }

  private void loneAttempts(LogReport.LoneAttempts lone) {
    if (lone.count() > 0) {
      line(
          "unfinished",
          (lone.untracked() > 0 ? "about " : "")
              + count(lone.count())
              + (lone.count() == 1 ? " call has" : " calls have")
              + " an attempt and no outcome, so it may be running or its end is unknown: "
              + lone.first().stream()
                  .map(attempt -> "seq " + attempt.seq() + " (" + attempt.callId() + ")")
                  .collect(Collectors.joining(", "))
              + (lone.count() > lone.first().size() ? ", ..." : ""));
    }
    if (lone.outcomesAlone() > 0) {
      line("outcomes", count(lone.outcomesAlone()) + " without their attempts");
    }
  }

  private void proof(ProofReport report) {
    InclusionProof proof = report.proof();
    if (proof == null) {
      out.println(Printable.of(report.file() + ": PROOF FAILED"));
      line("PROBLEM", String.valueOf(report.reason()));
      return;
    }
    Checkpoint checkpoint = proof.checkpoint();
    out.println(Printable.of(report.file() + ": ok, the log holds this record"));
    line("log", checkpoint.origin());
    line("seq", Long.toString(proof.seq()));
    line(
        "checkpoint",
        "of " + checkpoint.size() + " records, signed " + String.valueOf(checkpoint.time()));
    line("record", proof.line());
  }

  private void line(String what, String text) {
    out.printf(Locale.ROOT, "  %-12s %s%n", what, Printable.of(text));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
