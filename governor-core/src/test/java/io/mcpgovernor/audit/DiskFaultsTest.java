package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is acknowledged is there, once and under its number, whatever the disk does. */
class DiskFaultsTest {
  private static final int RECORDS = 24;

  @TempDir private Path temporary;

  private record Kept(int refused, int failures) {}

  /**
   * Writes some records to a log that turns often, on such a disk; then goes on with a good one.
   */
  private Kept write(Path directory, FaultyDisk disk) throws Exception {
    AuditOptions options =
        AuditOptions.builder()
            .segmentBytes(4_096)
            .checkpoints(5, Duration.ofHours(1))
            .compress(false)
            .disk(disk)
            .build();
    Map<Long, String> kept = new HashMap<>();
    int refused = 0;
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    for (int i = 0; i < RECORDS; i++) {
      try {
        Receipt receipt = log.append(Records.named("r" + i)).toCompletableFuture().join();
        assertThat(kept.put(receipt.seq(), "r" + i)).isNull();
      } catch (CompletionException e) {
        refused++;
      }
    }
    log.close();
    JsonlAuditLog good = JsonlAuditLog.open(directory, Durability.FSYNC);
    kept.put(good.append(Records.named("good")).toCompletableFuture().join().seq(), "good");
    good.close();
    List<String> names = new ArrayList<>();
    for (Json record : Records.numbered(directory)) {
      String name = kept.remove(Records.seq(record));
      if (name != null) {
        assertThat(Records.name(record)).isEqualTo(name);
      }
      names.add(Records.name(record));
    }
    assertThat(kept).as("acknowledged and not there").isEmpty();
    assertThat(names.stream().filter(name -> name.startsWith("r"))).doesNotHaveDuplicates();
    return new Kept(refused, disk.failures());
  }

  /** At every index up to the first that is never reached. */
  private void failOnceAtEvery(
      FaultyDisk.Operation operation, int writtenBefore, FaultyDisk.Operation... always)
      throws Exception {
    int failures = 1;
    for (int index = 0; failures > 0; index++) {
      int at = index;
      FaultyDisk disk = new FaultyDisk(operation, number -> number == at, writtenBefore, always);
      String name = operation + "-" + writtenBefore + "-" + always.length + "-" + index;
      Kept kept = write(temporary.resolve(name), disk);
      assertThat(kept.refused()).as("one failure is made good, at " + index).isZero();
      failures = kept.failures();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "TRUNCATE", mode = EnumSource.Mode.EXCLUDE)
  void oneFailureOfWhateverKindWheneverItComesCostsNoRecord(FaultyDisk.Operation operation)
      throws Exception {
    failOnceAtEvery(operation, 0);
  }

  @Test
  void aWriteThatFailsHalfWayLeavesNothingThatCounts() throws Exception {
    failOnceAtEvery(FaultyDisk.Operation.WRITE, 100);
    failOnceAtEvery(FaultyDisk.Operation.WRITE, 1 << 20);
  }

  /** Records that nobody was told of then stand in two files; the second one says which counts. */
  @Test
  void whatCannotBeCutAwayIsExplainedByTheNextSegment() throws Exception {
    failOnceAtEvery(FaultyDisk.Operation.FORCE, 0, FaultyDisk.Operation.TRUNCATE);
    failOnceAtEvery(FaultyDisk.Operation.WRITE, 500, FaultyDisk.Operation.TRUNCATE);
  }

  @ParameterizedTest
  @EnumSource(names = "TRUNCATE", mode = EnumSource.Mode.EXCLUDE)
  void whileTheDiskIsAwayRecordsAreRefusedAndAfterwardsKeptAgain(FaultyDisk.Operation operation)
      throws Exception {
    for (int length : new int[] {2, 3, 7}) {
      for (int from = 3; from < 60; from += 4) {
        int first = from;
        IntPredicate away = number -> number >= first && number < first + length;
        write(
            temporary.resolve(operation + "-" + length + "-" + from),
            new FaultyDisk(operation, away, 50));
      }
    }
  }

  @Test
  void aWriteMayTakeAsFewBytesAsItLikes() throws Exception {
    Disk stingy =
        new Disk() {
          private File stingy(File file) {
            return new File() {
              @Override
              public int write(ByteBuffer bytes, long position) throws IOException {
                int length = Math.min(7, bytes.remaining());
                int written = file.write(bytes.slice().limit(length), position);
                bytes.position(bytes.position() + written);
                return written;
              }

              @Override
              public void force(boolean metadata) throws IOException {
                file.force(metadata);
              }

              @Override
              public void truncate(long size) throws IOException {
                file.truncate(size);
              }

              @Override
              public void close() throws IOException {
                file.close();
              }
            };
          }

          @Override
          public File create(Path file) throws IOException {
            return stingy(Disk.super.create(file));
          }
        };
    Path directory = temporary.resolve("audit");
    JsonlAuditLog log = JsonlAuditLog.open(directory, AuditOptions.builder().disk(stingy).build());
    for (int i = 0; i < 20; i++) {
      log.append(Records.named("r" + i)).toCompletableFuture().join();
    }
    log.close();
    assertThat(Records.numbered(directory)).hasSize(20);
  }
}
