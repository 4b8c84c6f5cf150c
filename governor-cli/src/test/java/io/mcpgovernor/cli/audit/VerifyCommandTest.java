package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.bench.audit.LogOfSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code governor audit verify} and {@code prove}, as one runs after the other. */
final class VerifyCommandTest {
  private static final int RECORDS = 2_500;

  @TempDir private Path directory;
  private Path audit;
  private String key = "";

  /** What a command gave. */
  private record Run(int code, String out, String err) {}

  @BeforeEach
  void thereIsALog() throws IOException {
    audit = Files.createDirectory(directory.resolve("audit"));
    key = LogOfSize.write(audit, RECORDS).verifierKey();
  }

  private static Run run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new AuditCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(List.of(words).stream().map(Object::toString).toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void aWholeLogIsOkAndOneThatWasChangedIsNot() throws IOException {
    Run whole = run("verify", audit, "--key", key);
    assertThat(whole.code()).isZero();
    assertThat(whole.out()).contains("ok, verified to seq 25", "checked with the keys given");

    Path file = audit.resolve("audit-000001.jsonl");
    Files.writeString(file, Files.readString(file).replaceFirst("user-7\"", "user-8\""));
    Run changed = run("verify", "--json", audit, "--key", key);
    assertThat(changed.code()).isEqualTo(5);
    assertThat(changed.out())
        .startsWith("{\"outcome\":\"failed\"")
        .contains("\"file\":\"audit-000001.jsonl\",\"line\":", "changed after it was written");
  }

  @Test
  void aRecordIsProvedAndTheProofNeedsNoLog() throws IOException {
    Path proof = directory.resolve("1000.tlog-proof");
    Run proved = run("prove", 1000, audit, "--output", proof);
    assertThat(proved.err()).isEmpty();
    assertThat(proved.code()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(proof)))
        .as("it holds a record")
        .isEqualTo("rw-------");
    assertThat(run("prove", 1000, audit).out()).isEqualTo(Files.readString(proof));
    assertThat(run("prove", 1000, audit, "-o", proof).err()).contains("exists already");
    Files.delete(audit.resolve("audit-000001.jsonl"));

    Run checked = run("verify", "--proof", proof, "--key", key);

    assertThat(checked.code()).isZero();
    assertThat(checked.out()).contains("the log holds this record", "\"seq\":1000,");
    assertThat(run("verify", "--proof", proof).code()).isEqualTo(2);
  }

  @Test
  void whatCannotBeProvedIsSaid() {
    assertThat(run("prove", 1_000_000, audit).code()).isEqualTo(5);
    assertThat(run("prove", 1_000_000, audit).err()).contains("there is no record 1000000");
    assertThat(run("prove", 1, directory.resolve("nowhere")).code()).isEqualTo(1);
    assertThat(run("prove", "first", audit).code()).isEqualTo(2);
    assertThat(run("verify", directory.resolve("nowhere")).code()).isEqualTo(1);
    assertThat(run().err()).contains("Say what to do", "verify", "prove");
  }
}
