package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditDirectoryTest {
  private static final String REFUSED = "writes the audit log in";

  @TempDir private Path root;
  private Path temporary;

  @BeforeEach
  void besideItsKeys() throws IOException {
    temporary = Files.createDirectory(root.resolve("temporary"));
  }

  @Test
  void aSecondLogOfThisProcessIsRefusedAndLetsNoOtherProcessIn() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
    JsonlAuditLog log = JsonlAuditLog.open(temporary, Durability.FLUSH);
    for (Path same : List.of(temporary, temporary.resolve("."), link)) {
      assertThatThrownBy(() -> JsonlAuditLog.open(same, Durability.FLUSH))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(REFUSED)
          .hasMessageContaining(same.toString())
          .hasMessageContaining("a directory of its own");
    }
    assertThat(AuditChild.run("open", temporary)).singleElement().asString().contains(REFUSED);
    log.close();
    assertThat(AuditChild.run("open", temporary)).containsExactly("opened");
    JsonlAuditLog.open(temporary, Durability.FLUSH).close();
  }

  @Test
  void aLogOfAnotherProcessIsNotWrittenUntilThatIsGone() throws Exception {
    Process holder = AuditChild.start("hold", temporary);
    try (BufferedReader output = AuditChild.output(holder)) {
      assertThat(output.readLine()).isEqualTo("holding");
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> JsonlAuditLog.open(temporary, Durability.FLUSH))
            .hasMessageContaining(REFUSED);
      }
      assertThat(JsonlAuditLog.readLogs(temporary, 1)).as("reading needs no lock").isEmpty();
      holder.getOutputStream().close();
      holder.waitFor();
      JsonlAuditLog.open(temporary, Durability.FLUSH).close();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void filesAndDirectoryAreTheirOwnersOnly() throws Exception {
    Path directory = temporary.resolve("new/audit");
    JsonlAuditLog log = JsonlAuditLog.open(directory, Durability.FLUSH);
    log.append(Records.named("a")).toCompletableFuture().join();
    log.close();
    Files.writeString(directory.resolve("audit-000001.jsonl"), "{torn", StandardOpenOption.APPEND);
    JsonlAuditLog.open(directory, Durability.FLUSH).close();
    assertThat(permissions(directory)).isEqualTo("rwx------");
    Path keys = directory.resolveSibling("audit.keys");
    assertThat(permissions(keys)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(keys)) {
      assertThat(files.toList()).hasSize(6).allMatch(file -> permissions(file).equals("rw-------"));
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      assertThat(all)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(
              "audit.lock", "audit.reserve", "audit-000001.jsonl", "audit-000001.jsonl.torn");
      for (Path file : all) {
        assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
      }
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatCannotBeADirectoryIsRefusedAtOnce() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    for (Path impossible : List.of(file, file.resolve("audit"))) {
      assertThatThrownBy(() -> JsonlAuditLog.open(impossible, Durability.FSYNC))
          .isInstanceOf(IOException.class);
    }
    Path obstructed = Files.createDirectories(temporary.resolve("obstructed"));
    Path inTheWay = Files.createDirectory(obstructed.resolve("audit.lock"));
    assertThatThrownBy(() -> JsonlAuditLog.open(obstructed, Durability.FSYNC))
        .isInstanceOf(IOException.class);
    Files.delete(inTheWay);
    JsonlAuditLog.open(obstructed, Durability.FSYNC).close();
  }

  @Test
  void segmentsAreInTheOrderOfTheirNumbersAndNothingElseIsOne() throws Exception {
    for (String name :
        List.of(
            "audit-1000000.jsonl",
            "audit-999999.jsonl",
            "audit-000002.jsonl",
            "audit-1.jsonl",
            "audit-000001.jsonl.torn-3",
            "audit-000003.jsonl.gz.tmp",
            "audit-00000a.jsonl",
            "x.jsonl")) {
      Files.createFile(temporary.resolve(name));
    }
    try (AuditDirectory directory = AuditDirectory.lock(temporary)) {
      assertThat(directory.segments())
          .extracting(file -> file.getFileName().toString())
          .containsExactly("audit-000002.jsonl", "audit-999999.jsonl", "audit-1000000.jsonl");
      assertThat(directory.nextSegment()).hasFileName("audit-1000001.jsonl");
    }
  }
}
