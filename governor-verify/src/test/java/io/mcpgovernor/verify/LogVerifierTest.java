package io.mcpgovernor.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.verify.LogReport.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are as they should be, in all the ways in which they can. */
final class LogVerifierTest {
  private final SigningKey key = new SigningKey(WrittenLog.ORIGIN);

  @TempDir private Path directory;

  private LogReport verify(Path log, SigningKey... given) throws IOException {
    return verifier(given).build().verify(List.of(log)).logs().get(0);
  }

  private static LogVerifier.Builder verifier(SigningKey... given) {
    return LogVerifier.builder().keys(List.of(given).stream().map(SigningKey::verifier).toList());
  }

  private static Checkpoint checkpoint(String note) {
    return Checkpoint.all(note.getBytes(java.nio.charset.StandardCharsets.UTF_8)).get(0);
  }

  @Test
  void aWholeLogIsVerifiedToItsEnd() throws IOException {
    WrittenLog log = WrittenLog.small(key);
    log.write(directory.resolve("audit"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.records().firstSeq()).isEqualTo(1);
    assertThat(report.records().lastSeq()).isEqualTo(log.size());
    assertThat(report.records().segments()).isEqualTo(3);
    assertThat(report.records().firstTimestamp()).isEqualTo("2026-01-01T00:00:00.001Z");
    assertThat(report.records().lastTimestamp()).isEqualTo("2026-01-01T00:00:00.013Z");
    assertThat(report.origin()).isEqualTo(WrittenLog.ORIGIN);
    assertThat(report.checkpoints().count()).isEqualTo(5);
    assertThat(report.checkpoints().lastSize()).isEqualTo(log.size() - 1);
    assertThat(report.checkpoints().recordsAfter()).isEqualTo(1);
    assertThat(report.signatures().source()).isEqualTo(KeySource.GIVEN);
    assertThat(report.loneAttempts().count()).isZero();
    assertThat(report.events())
        .isEqualTo(
            Map.of("attempt", 3L, "outcome", 3L, "denied", 1L, "admin", 1L, "checkpoint", 5L));
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void compressedSegmentsCountLikePlainOnesAndThePlainOneIfThereAreBoth() throws IOException {
    Path log = WrittenLog.small(key).write(directory.resolve("audit"));
    WrittenLog.compress(log, 1);
    WrittenLog.compress(log, 3);
    Files.writeString(log.resolve("audit-000002.jsonl.gz"), "half a file");
    Files.writeString(log.resolve("audit-000002.jsonl.gz.tmp"), "another");
    Files.writeString(log.resolve("audit-000001.jsonl.torn"), "{\"timest");

    assertThat(verify(log, key).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void keysBesideTheLogShowConsistencyAndTheReportSaysSo() throws IOException {
    Path log = WrittenLog.small(key).write(directory.resolve("audit"));
    assertThat(verify(log).signatures().source()).isEqualTo(KeySource.NONE);
    assertThat(verify(log).outcome()).isEqualTo(Outcome.OK);

    WrittenLog.keysBeside(log, key);
    LogReport report = verify(log);

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.signatures().source()).isEqualTo(KeySource.BESIDE_THE_LOG);
    assertThat(report.signatures().keys()).extracting(VerifierKey::id).containsExactly(key.id());
  }

  @Test
  void anotherKeyIsNotTheLogs() throws IOException {
    Path log = WrittenLog.small(key).write(directory.resolve("audit"));

    LogReport report = verify(log, new SigningKey(WrittenLog.ORIGIN));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).reason())
        .contains("signed by " + key.id(), "no trusted key");
    assertThat(report.problems().get(0).seq()).isEqualTo(4);
  }

  @Test
  void checkpointsMayBeWrittenLaterThanTheyWereTaken() throws IOException {
    WrittenLog log = new WrittenLog(key).calls(20);
    for (int size = 20; size > 0; size--) {
      log.checkpoint(size);
    }
    log.write(directory.resolve("audit"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.checkpoints().lastSize()).isEqualTo(20);
  }

  @Test
  void aNewKeyCountsOnceItWasAnnouncedAndTheOldOneHasSignedWithIt() throws IOException {
    SigningKey next = new SigningKey(WrittenLog.ORIGIN);
    WrittenLog log = new WrittenLog(key).calls(6).checkpoint();
    log.admin("audit.key", "{\"old\":\"" + key.id() + "\",\"new\":\"" + next.id() + "\"}");
    log.signedBy(key, next).checkpoint().signedBy(next).calls(4).checkpoint();
    log.write(directory.resolve("audit"));
    WrittenLog.keysBeside(directory.resolve("audit"), key, next);

    for (LogReport report :
        List.of(verify(directory.resolve("audit"), key), verify(directory.resolve("audit")))) {
      assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
      assertThat(report.signatures().rotations())
          .extracting(rotation -> rotation.seq() + " " + rotation.key().id())
          .containsExactly("9 " + next.id());
    }
  }

  @Test
  void aKeyThatTheRecordHoldsWholeNeedsNoFile() throws IOException {
    SigningKey next = new SigningKey(WrittenLog.ORIGIN);
    WrittenLog log = new WrittenLog(key).calls(6).checkpoint();
    log.admin("audit.key", "{\"old\":\"" + key.id() + "\",\"new\":\"" + next.vkey() + "\"}");
    log.signedBy(key, next).checkpoint().signedBy(next).calls(4).checkpoint();
    log.write(directory.resolve("audit"));

    assertThat(verify(directory.resolve("audit"), key).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aNewKeyThatNoTrustedOneSignedForCountsForNothing() throws IOException {
    SigningKey thief = new SigningKey(WrittenLog.ORIGIN);
    WrittenLog log = new WrittenLog(key).calls(6).checkpoint();
    log.admin("audit.key", "{\"old\":\"" + key.id() + "\",\"new\":\"" + thief.vkey() + "\"}");
    log.signedBy(thief).checkpoint();
    log.write(directory.resolve("audit"));
    WrittenLog.keysBeside(directory.resolve("audit"), key, thief);

    assertThat(verify(directory.resolve("audit"), key).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(verify(directory.resolve("audit")).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void aNewKeyThatNoRecordAnnouncedCountsForNothing() throws IOException {
    SigningKey next = new SigningKey(WrittenLog.ORIGIN);
    WrittenLog log = new WrittenLog(key).calls(6).checkpoint();
    log.signedBy(key, next).checkpoint().signedBy(next).calls(4).checkpoint();
    log.write(directory.resolve("audit"));
    WrittenLog.keysBeside(directory.resolve("audit"), key, next);

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).seq()).isEqualTo(13);
  }

  @Test
  void deletedSegmentsAreExplainedByTheirRetentionRecord() throws IOException {
    WrittenLog log = WrittenLog.small(key);
    log.admin("audit.retention", "{\"deleted\":[\"audit-000001.jsonl.gz\"],\"last_seq\":5}");
    log.checkpoint().write(directory.resolve("audit"));
    Files.delete(directory.resolve("audit/audit-000001.jsonl"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.records().firstSeq()).isEqualTo(6);
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .contains("records 1 to 5", "retention");

    Files.delete(directory.resolve("audit/audit-000002.jsonl"));
    report = verify(directory.resolve("audit"), key);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).reason()).contains("records 1 to 8 are missing");
  }

  @Test
  void outsideCheckpointsOfDeletedRecordsAndRetiredKeysSayNothing() throws IOException {
    SigningKey retired = new SigningKey(WrittenLog.ORIGIN);
    WrittenLog log = new WrittenLog(retired).calls(4);
    String old = log.note(3) + "\n" + log.note(4);
    log.signedBy(key).rotate().admin("audit.retention", "{\"last_seq\":4}").checkpoint();
    log.write(directory.resolve("audit"));
    Files.delete(directory.resolve("audit/audit-000001.jsonl"));
    Files.writeString(directory.resolve("kept"), old + "\n" + log.note(6));

    LogReport report =
        verifier(key)
            .checkpoints(KeyFiles.checkpoints(directory.resolve("kept")).subList(0, 1))
            .checkpoints(KeyFiles.checkpoints(directory.resolve("kept")).subList(2, 3))
            .build()
            .verify(List.of(directory.resolve("audit")))
            .logs()
            .get(0);

    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.checkpoints().outside()).isEqualTo(1);
    assertThat(report.warnings())
        .anyMatch(
            warning -> warning.endsWith("cover only deleted records, and say nothing here: 1"));
  }

  @Test
  void aPartOfALogIsVerifiedAsOneIfSomebodySaysSo() throws IOException {
    WrittenLog.small(key).write(directory.resolve("audit"));
    Files.delete(directory.resolve("audit/audit-000001.jsonl"));
    Files.delete(directory.resolve("audit/audit-000002.jsonl"));

    assertThat(verify(directory.resolve("audit"), key).outcome()).isEqualTo(Outcome.FAILED);
    LogReport part =
        verifier(key).part().build().verify(List.of(directory.resolve("audit"))).logs().get(0);
    assertThat(part.outcome()).as("%s", part.problems()).isEqualTo(Outcome.OK);
    assertThat(part.records().firstSeq()).isEqualTo(9);
    assertThat(part.warnings()).singleElement().asString().contains("records 1 to 8");
  }

  @Test
  void outsideCheckpointsMatchWhatWasNotChanged() throws IOException {
    WrittenLog log = WrittenLog.small(key);
    log.write(directory.resolve("audit"));
    StringBuilder notes = new StringBuilder();
    for (int size = 1; size <= log.size(); size++) {
      notes.append(log.note(size));
    }
    List<Checkpoint> kept =
        Checkpoint.all(notes.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));

    LogReport report =
        verifier(key)
            .checkpoints(kept)
            .build()
            .verify(List.of(directory.resolve("audit")))
            .logs()
            .get(0);

    assertThat(kept).hasSize(log.size());
    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.checkpoints().outside()).isEqualTo(log.size());
  }

  @Test
  void anOutsideCheckpointOfNoLogHereIsAProblem() throws IOException {
    Path one = WrittenLog.small(key).write(directory.resolve("root/server/one"));
    SigningKey other = new SigningKey("mcp-governor/" + "f".repeat(32));
    WrittenLog.small(other).write(directory.resolve("root/server/two"));
    Checkpoint ofOne = checkpoint(WrittenLog.small(key).note(3));
    Checkpoint ofNone = checkpoint(WrittenLog.small(new SigningKey("mcp-governor/x")).note(3));

    assertThat(
            verifier(key, other)
                .checkpoints(List.of(ofOne))
                .build()
                .verify(List.of(directory.resolve("root")))
                .outcome())
        .isEqualTo(Outcome.OK);
    for (Path logs : List.of(directory.resolve("root"), one)) {
      VerificationReport report =
          verifier(key, other).checkpoints(List.of(ofNone)).build().verify(List.of(logs));
      assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(report.problems().get(0).reason()).contains("no log here is that one");
    }
  }

  @Test
  void whatAFailedWriteLeftIsSupersededIfTheNextFileSaysSo() throws IOException {
    WrittenLog log = new WrittenLog(key).calls(4).calls(4).raw("{\"timest").giveUpLast(4);
    log.rotate().recovered("{\"gave_up\":\"audit-000001.jsonl\",\"kept_bytes\":1}").calls(2);
    log.write(directory.resolve("audit"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.records().count()).isEqualTo(8);
    assertThat(report.supersededBytes()).isGreaterThan(1_000);
    assertThat(report.loneAttempts().count()).isZero();
  }

  @Test
  void whatAFailedWriteLeftIsAProblemIfTheNextFileDoesNotSaySo() throws IOException {
    WrittenLog log = new WrittenLog(key).calls(4).calls(4).giveUpLast(4);
    log.rotate().calls(2).write(directory.resolve("audit"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).reason()).contains("audit-000001.jsonl", "given up");
    assertThat(report.problems().get(0).line()).isEqualTo(2);
  }

  @Test
  void aFileThatWasGivenUpMayEndAnywhereInALine() throws IOException {
    String superseded = new WrittenLog(key).calls(4).attempt("c4").lines().get(4);
    for (int length = 1; length <= superseded.length(); length += 5) {
      for (String zeros : List.of("", "\0".repeat(4_096))) {
        String rest = superseded.substring(0, length) + zeros;
        WrittenLog log = new WrittenLog(key).calls(4).raw(rest).rotate();
        WrittenLog.write(log.segments(), directory.resolve("audit"));
        LogReport cutOff = verify(directory.resolve("audit"), key);
        log.calls(2).write(directory.resolve("audit"));
        LogReport silent = verify(directory.resolve("audit"), key);
        log = new WrittenLog(key).calls(4).raw(rest).rotate();
        log.recovered("{\"gave_up\":\"audit-000001.jsonl\",\"kept_bytes\":1}").calls(2);
        log.write(directory.resolve("audit"));
        LogReport report = verify(directory.resolve("audit"), key);

        assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
        assertThat(report.records().count()).isEqualTo(8);
        assertThat(report.supersededBytes())
            .isEqualTo(rest.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
        assertThat(report.tornTailBytes()).isZero();
        assertThat(report.warnings()).isEmpty();
        assertThat(cutOff.warnings()).singleElement().asString().contains("before it says why");
        assertThat(silent.problems().get(0).reason()).contains("does not say that it was given up");
      }
    }
  }

  @Test
  void aFileThatEndsInALineThatCountsIsAProblemWhateverTheNextOneSays() throws IOException {
    WrittenLog log = new WrittenLog(key).calls(4);
    log.rotate().recovered("{\"gave_up\":\"audit-000001.jsonl\",\"kept_bytes\":1}").calls(2);
    List<byte[]> segments = new java.util.ArrayList<>(log.segments());
    byte[] first = segments.get(0);
    segments.set(0, java.util.Arrays.copyOf(first, first.length - 1));
    WrittenLog.write(segments, directory.resolve("audit"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problems().get(0).file()).isEqualTo("audit-000001.jsonl");
    assertThat(report.problems().get(0).line()).isEqualTo(4);
    assertThat(report.problems().get(0).reason())
        .contains("ends within a line, and the next one goes on with seq 5");
  }

  @Test
  void severalFailedWritesInARowAreSuperseded() throws IOException {
    WrittenLog log = new WrittenLog(key).calls(4).calls(4).giveUpLast(4);
    log.rotate().recovered("{\"gave_up\":\"audit-000001.jsonl\"}").calls(2);
    log = log.giveUpLast(4);
    log.rotate().recovered("{\"gave_up\":\"audit-000002.jsonl\"}").calls(2);
    log.write(directory.resolve("audit"));
    Files.createFile(directory.resolve("audit/audit-000004.jsonl"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.records().count()).isEqualTo(8);
  }

  @Test
  void aTornTailIsReportedAndIsNoProblem() throws IOException {
    String whole = new WrittenLog(key).attempt("c1").lines().get(0);
    byte[] line = whole.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int length = 1; length <= line.length; length += 7) {
      for (int zeros : List.of(0, 4_096)) {
        WrittenLog log = new WrittenLog(key).calls(4);
        byte[] before = log.segments().get(0);
        byte[] torn = java.util.Arrays.copyOf(before, before.length + length + zeros);
        System.arraycopy(line, 0, torn, before.length, length);
        WrittenLog.write(List.of(torn), directory.resolve("audit"));

        LogReport report = verify(directory.resolve("audit"), key);

        assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
        assertThat(report.records().count()).isEqualTo(4);
        assertThat(report.tornTailBytes()).isEqualTo(length + zeros);
        assertThat(report.warnings()).singleElement().asString().contains("unfinished line");
      }
    }
  }

  @Test
  void attemptsWithoutOutcomeAreListed() throws IOException {
    WrittenLog log = new WrittenLog(key);
    for (int i = 0; i < 2_000; i++) {
      log.attempt("call-" + i);
    }
    for (int i = 0; i < 2_000; i++) {
      if (i % 100 != 7) {
        log.outcome("call-" + i);
      }
    }
    log.attempt("long-".repeat(30)).outcome("long-".repeat(30)).outcome("unheard-of");
    log.write(directory.resolve("audit"));

    LogReport.LoneAttempts lone = verify(directory.resolve("audit"), key).loneAttempts();

    assertThat(lone.count()).isEqualTo(20);
    assertThat(lone.first()).hasSize(20);
    assertThat(lone.first().get(1)).isEqualTo(new LogReport.LoneAttempt(108, "call-107"));
    assertThat(lone.untracked()).isZero();
    assertThat(lone.outcomesAlone()).isEqualTo(1);
  }

  @Test
  void logsBelowARootAreAllVerifiedAndTheWorstDecides() throws IOException {
    Path root = directory.resolve("state/audit");
    WrittenLog.small(key).write(root.resolve("crm/a"));
    WrittenLog.small(key).write(root.resolve("crm/b"));
    WrittenLog.small(key).write(root.resolve("files/c"));
    Files.createDirectories(root.resolve("files/c.keys"));

    VerificationReport report = verifier(key).build().verify(List.of(root, root.resolve("crm/a")));
    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.logs())
        .extracting(LogReport::directory)
        .containsExactly(root.resolve("crm/a"), root.resolve("crm/b"), root.resolve("files/c"));

    Files.delete(root.resolve("crm/b/audit-000002.jsonl"));
    report = verifier(key).build().verify(List.of(root));
    assertThat(report.logs())
        .extracting(LogReport::outcome)
        .containsExactly(Outcome.OK, Outcome.FAILED, Outcome.OK);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void whereThereIsNoLogNothingIsVerified() {
    assertThatThrownBy(() -> verify(directory, key))
        .isInstanceOf(UnreadableLogException.class)
        .hasMessageContaining("there is no audit log in");
    assertThatThrownBy(() -> verify(directory.resolve("nowhere"), key))
        .hasMessageContaining("is no directory");
  }

  @Test
  void aLogThatWasJustBegunHasNoRecords() throws IOException {
    Files.createFile(
        Files.createDirectories(directory.resolve("audit")).resolve("audit-000001.jsonl"));

    LogReport report = verify(directory.resolve("audit"), key);

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.records().count()).isZero();
    assertThat(report.warnings()).containsExactly("there are no records");
  }
}
