package io.mcpgovernor.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an auditor runs it, in a process of its own that has nothing else. */
final class MainTest {
  private final SigningKey key = new SigningKey(WrittenLog.ORIGIN);
  private final WrittenLog log = WrittenLog.small(key);

  @TempDir private Path temporary;
  private Path audit;
  private Path pub;

  /** What a run of the program gave. */
  private record Run(int code, String out, String err) {}

  @BeforeEach
  void thereIsALog() throws IOException {
    audit = log.write(temporary.resolve("audit"));
    pub = Files.writeString(temporary.resolve("log.pub"), "# the log's\n" + key.vkey() + "\n");
  }

  private Run run(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", "target/classes", "io.mcpgovernor.verify.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Run(
        process.waitFor(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void aWholeLogIsOkAndTheReportSaysHowFar() throws Exception {
    Run run = run("--key", pub, audit);

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(audit + ": ok, verified to seq 13")
        .contains("13: seq 1 to 13, 2026-01-01T00:00:00.001Z to 2026-01-01T00:00:00.013Z, 3 files")
        .contains("attempt 3, outcome 3, denied 1, admin 1, checkpoint 5")
        .contains("5, the last covers seq 1 to 12, signed 2026-01-01T00:00:09Z; 1 record after it")
        .contains("checked with the keys given: " + key.id());
  }

  @Test
  void withoutAKeyTheReportSaysWhatItDoesNotProve() throws Exception {
    assertThat(run(audit).out()).contains("NOT CHECKED: there is no key (--key)");
    WrittenLog.keysBeside(audit, key);
    assertThat(run(audit).out())
        .contains("keys that stand beside the log, which shows only that it is consistent");
  }

  @Test
  void aBadRecordIsNamedAndTheExitCodeIsFive() throws Exception {
    Path file = audit.resolve("audit-000002.jsonl");
    Files.writeString(file, Files.readString(file).replaceFirst("call-2", "call-9"));

    Run run = run("--key=" + key.vkey(), audit);

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.out())
        .contains("VERIFICATION FAILED")
        .containsPattern(
            "PROBLEM +audit-000002.jsonl line 2, at byte \\d+, seq 7: the hash is not");
  }

  @Test
  void machinesGetOneJsonObject() throws Exception {
    Run run = run("--json", "--key", pub, audit);

    assertThat(run.code()).isZero();
    assertThat(run.out().strip())
        .startsWith("{\"outcome\":\"ok\",\"logs\":[{\"directory\":\"" + audit + "\"")
        .contains("\"last_seq\":13,", "\"keys_from\":\"given\"", "\"events\":{\"attempt\":3,")
        .endsWith("\"problems\":[],\"warnings\":[]}],\"problems\":[]}")
        .doesNotContain("\n");
    byte[] json = ("{\"timestamp\":" + run.out().strip() + "}").getBytes(StandardCharsets.UTF_8);
    new RecordScanner().scan(json, 0, json.length);
  }

  @Test
  void aCheckpointFromElsewhereFindsThatRecordsWereCutOff() throws Exception {
    Path kept =
        Files.writeString(temporary.resolve("kept"), log.note(4) + "\n" + log.note(log.size()));
    assertThat(run("--checkpoint", kept, "--key", pub, audit).out())
        .contains("2 checkpoints from elsewhere match");

    Path file = audit.resolve("audit-000003.jsonl");
    String lines = Files.readString(file);
    Files.writeString(file, lines.substring(0, lines.lastIndexOf("{\"timestamp")));
    Run run = run("--checkpoint", kept, "--key", pub, audit);

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.out()).contains("covers more than the 12 records there are");
  }

  @Test
  void aProofIsCheckedWithoutALog() throws Exception {
    InclusionProof proof = InclusionProver.prove(audit, 7, LogVerifier.builder().build());
    Path file = Files.writeString(temporary.resolve("7.tlog-proof"), proof.toText());

    Run run = run("--proof", file, "--key", pub);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("ok, the log holds this record", log.lines().get(6).substring(0, 60));
    assertThat(run("--json", "--proof", file, "--key", pub).out())
        .contains("\"proof\":{\"file\":", "\"outcome\":\"ok\"", "\"seq\":7");

    Files.writeString(file, proof.toText().replace("index 6", "index 7"));
    assertThat(run("--proof", file, "--key", pub).code()).isEqualTo(5);
    assertThat(run("--proof", file).code()).isEqualTo(2);
  }

  @Test
  void whatCannotBeReadIsSaid() throws Exception {
    assertThat(run(temporary.resolve("nowhere")).code()).isEqualTo(1);
    assertThat(run(temporary.resolve("nowhere")).err()).contains("is no directory");
    assertThat(run("--key", temporary.resolve("no.pub"), audit).err()).contains("there is no file");
    assertThat(run("--checkpoint", pub, audit).code()).isEqualTo(1);
    assertThat(run("--checkpoint", temporary.resolve("none"), audit).err()).contains("there is no");
    Run changed = run("--key", WrittenLog.ORIGIN + "0" + key.vkey().substring(45), audit);
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.err()).contains("it was changed");
    assertThat(run("--nonsense", audit).code()).isEqualTo(2);
    assertThat(run("--key").code()).isEqualTo(2);
    assertThat(run("--help").out()).contains("Exit codes");
  }

  @Test
  void aFileThatMayNotBeReadIsNotTakenForABadOne() throws Exception {
    Path file = audit.resolve("audit-000002.jsonl");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    if (!Files.isReadable(file)) {
      Run run = run("--key", pub, audit);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("CANNOT BE READ", "no permission");
    } else {
      // Root may read everything; a directory in its place is what even root cannot read.
      Files.delete(file);
      Files.createDirectory(file);
      assertThat(run("--key", pub, audit).code()).isEqualTo(1);
    }
  }
}
