package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was on disk when its caller was told so is there at the next start, or somebody has to look.
 */
class KeptMarkTest {
  private static final AuditOptions OPTIONS = AuditOptions.builder().compress(false).build();

  @TempDir private Path temporary;
  private Path directory;
  private Path segment;
  private Path mark;

  @BeforeEach
  void aLogOfFiveRecords() throws IOException {
    directory = temporary.resolve("audit");
    segment = directory.resolve("audit-000001.jsonl");
    mark = temporary.resolve("audit.keys").resolve("kept");
    append("a", "b", "c", "d", "e");
  }

  private void append(String... names) throws IOException {
    JsonlAuditLog log = JsonlAuditLog.open(directory, OPTIONS);
    for (String name : names) {
      log.append(Records.named(name)).toCompletableFuture().join();
    }
    log.close();
  }

  @Test
  void itIsTheLastRecordAndNobodyElseReadsIt() throws Exception {
    assertThat(Files.readString(mark)).matches("0{18}6 [0-9a-f]{64}\n"); // and a checkpoint
    assertThat(Files.getPosixFilePermissions(mark))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    append("f");

    assertThat(LogChecker.check(directory).seq()).isEqualTo(8);
    assertThat(Files.readString(mark)).startsWith("0000000000000000008 ");
  }

  @Test
  void recordsThatWereCutOffAreNoCrash() throws Exception {
    byte[] before = cutLines(2);

    assertThatThrownBy(() -> append("f"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends with record 4")
        .hasMessageContaining("record 6 was on disk")
        .hasMessageContaining(mark.toString());
    assertThat(segment).hasBinaryContent(before);
    assertThat(directory.resolve("audit-000001.jsonl.torn")).doesNotExist();
  }

  @Test
  void aChangedRecordIsNoTornTail() throws Exception {
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length - 300] ^= 1;
    Files.write(segment, bytes);

    assertThatThrownBy(() -> append("f")).hasMessageContaining("ends with record 5");
    assertThat(segment).hasBinaryContent(bytes);
  }

  @Test
  void aLogThatIsGoneIsNotBegunAnew() throws Exception {
    Files.delete(segment);

    assertThatThrownBy(() -> append("f")).hasMessageContaining("ends with record 0");
  }

  @Test
  void anotherLogOfTheSameLengthIsNotGoneOnWith() throws Exception {
    String line = Files.readString(mark);
    char first = line.charAt(20);
    Files.writeString(
        mark, line.substring(0, 20) + (first == 'a' ? 'b' : 'a') + line.substring(21));

    assertThatThrownBy(() -> append("f")).hasMessageContaining("holds another record 6");
  }

  @Test
  void whoPutsBackAnOlderCopyDeletesTheMark() throws Exception {
    cutLines(2);
    Files.delete(mark);

    append("f");

    assertThat(LogChecker.check(directory).records()).extracting(Records::name).contains("f");
  }

  @Test
  void aMarkThatIsNotWholeSaysNothing() throws Exception {
    Files.writeString(mark, "00000000000000000", StandardCharsets.UTF_8);

    append("f");

    assertThat(LogChecker.check(directory).seq()).isEqualTo(8);
  }

  private byte[] cutLines(int count) throws IOException {
    List<String> lines = Files.readAllLines(segment);
    String left = String.join("\n", lines.subList(0, lines.size() - count)) + "\n";
    Files.writeString(segment, left);
    return left.getBytes(StandardCharsets.UTF_8);
  }
}
