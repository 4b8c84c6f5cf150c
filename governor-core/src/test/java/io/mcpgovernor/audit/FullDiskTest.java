package io.mcpgovernor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills: no call runs whose outcome has no room. */
class FullDiskTest {
  private static final int CALLS = 20;
  private static final int DISK_BYTES = 4 << 20;

  @TempDir private Path temporary;
  private boolean isMounted;

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(run("umount", "-l", temporary.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  /** Somebody else who takes all the room, and gives it back. */
  private interface Neighbour {
    void takeAll() throws IOException;

    void leave() throws IOException;
  }

  private static CompletableFuture<Receipt> append(
      JsonlAuditLog log, Event event, Status status, int call, int resultBytes) {
    ToolCall about =
        new ToolCall(
            "call" + call,
            Principal.verified("alice"),
            null,
            Tool.unknown("crm", "find"),
            Json.EMPTY_OBJECT,
            Instant.now());
    AuditRecord.Builder record =
        AuditRecord.of(event, status, about, Instant.now())
            .arguments(Json.of(Map.of("query", "q".repeat(200))));
    if (resultBytes > 0) {
      record.result(Json.of(Map.of("text", "x".repeat(resultBytes))));
    }
    return log.append(record.build()).toCompletableFuture();
  }

  private static CompletableFuture<Receipt> attempt(JsonlAuditLog log, int call) {
    return append(log, Event.ATTEMPT, Status.PENDING, call, 0);
  }

  private static void tell(Path directory, Disk disk, Neighbour neighbour) throws Exception {
    AuditOptions options = AuditOptions.builder().compress(false).disk(disk).build();
    JsonlAuditLog log = JsonlAuditLog.open(directory, options);
    assertThat(Files.size(directory.resolve("audit.reserve"))).isEqualTo(1 << 20);
    for (int call = 0; call < CALLS; call++) {
      attempt(log, call).join();
    }
    neighbour.takeAll();

    int filling = 1_000; // what still fits into the last block
    while (!attempt(log, filling).handle((receipt, failure) -> failure != null).join()) {
      append(log, Event.OUTCOME, Status.SUCCESS, filling++, 0).join();
    }
    for (int call = 0; call < CALLS; call++) {
      int bytes = call % 2 == 0 ? 60_000 : 10;
      append(log, Event.OUTCOME, Status.SUCCESS, call, bytes).join();
      assertThatThrownBy(() -> attempt(log, 2_000).join()).hasCauseInstanceOf(IOException.class);
      assertThatThrownBy(() -> append(log, Event.DENIED, Status.ERROR, 3_000, 0).join())
          .hasCauseInstanceOf(IOException.class);
    }

    neighbour.leave();
    attempt(log, 4_000).join();
    append(log, Event.OUTCOME, Status.SUCCESS, 4_000, 60_000).join();
    assertThat(Files.size(directory.resolve("audit.reserve"))).isEqualTo(1 << 20);
    log.close();

    Map<String, Map<String, Object>> outcomes = new HashMap<>();
    for (Json record : Records.numbered(directory)) {
      Map<String, Object> fields = record.object();
      if ("outcome".equals(fields.get("event"))) {
        assertThat(outcomes.put((String) fields.get("call_id"), fields)).isNull();
      }
    }
    for (int call = 0; call < CALLS; call++) {
      assertThat(outcomes.get("call" + call))
          .containsEntry(
              "result",
              call % 2 == 0
                  ? Map.of("unrecorded", "no room", "bytes", 60_011)
                  : Map.of("text", "x".repeat(10)));
    }
    assertThat(outcomes).containsKey("call4000").doesNotContainKeys("call2000", "call3000");
    assertThat(outcomes.get("call4000").get("result").toString()).hasSizeGreaterThan(60_000);
  }

  /** Where nothing may be mounted, the other test has to do: it tells the same story. */
  @Test
  void onARealDiskThatIsFullOutcomesAreKeptAndNothingElse() throws Exception {
    isMounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", temporary.toString()) == 0;
    if (!isMounted) {
      onACountedDiskThatIsFullOutcomesAreKeptAndNothingElse();
      return;
    }
    Path filler = temporary.resolve("filler");
    tell(
        temporary.resolve("audit"),
        Disk.SYSTEM,
        new Neighbour() {
          @Override
          public void takeAll() {
            byte[] block = new byte[4_096];
            assertThatThrownBy(
                    () -> {
                      try (OutputStream out = Files.newOutputStream(filler)) {
                        while (true) {
                          out.write(block);
                        }
                      }
                    })
                .isInstanceOf(IOException.class);
          }

          @Override
          public void leave() throws IOException {
            Files.delete(filler);
          }
        });
  }

  @Test
  void onACountedDiskThatIsFullOutcomesAreKeptAndNothingElse() throws Exception {
    CountedDisk disk = new CountedDisk(DISK_BYTES);
    tell(
        temporary.resolve("counted/audit"),
        disk,
        new Neighbour() {
          @Override
          public void takeAll() {
            disk.others = disk.free();
          }

          @Override
          public void leave() {
            disk.others = 0;
          }
        });
  }

  @Test
  void onADiskThatIsFullWhatIsTooOldIsDeletedAllTheSame() throws Exception {
    CountedDisk disk = new CountedDisk(DISK_BYTES);
    TurnedTime time = new TurnedTime();
    Path directory = temporary.resolve("old/audit");
    AuditOptions options =
        AuditOptions.builder()
            .compress(false)
            .segmentBytes(256 << 10)
            .keepFor(Duration.ofDays(30))
            .timeSource(time)
            .disk(disk)
            .build();
    try (JsonlAuditLog log = JsonlAuditLog.open(directory, options)) {
      for (int call = 0; call < 30; call++) {
        append(log, Event.DENIED, Status.ERROR, call, 30_000).join();
      }
      disk.others = disk.free();
      assertThatThrownBy(() -> append(log, Event.DENIED, Status.ERROR, 98, 30_000).join())
          .hasCauseInstanceOf(IOException.class);
      disk.others = 0;
      disk.others = disk.free();
      time.pass(Duration.ofDays(31));
      // With this one, if not before, what is old is looked for; whether it is kept is chance.
      append(log, Event.DENIED, Status.ERROR, 99, 30_000).handle((receipt, failure) -> 0).join();
      append(log, Event.DENIED, Status.ERROR, 100, 30_000).join();
    }
    List<Json> records = Records.numbered(directory);
    assertThat(Records.names(records)).contains("audit.retention");
    assertThat(records.get(0).object()).doesNotContainEntry("call_id", "call0");
    assertThat(records.get(records.size() - 1).object()).containsEntry("call_id", "call100");
  }

  /** Has so many bytes for the files that are made on it, less what others take. */
  private static final class CountedDisk implements Disk {
    private final long bytes;
    private final Map<Path, Long> sizes = new HashMap<>();
    private volatile long others;

    CountedDisk(long bytes) {
      this.bytes = bytes;
    }

    synchronized long free() {
      sizes.keySet().removeIf(file -> !Files.exists(file));
      return bytes - others - sizes.values().stream().mapToLong(size -> size).sum();
    }

    @Override
    public long usableBytes(Path directory) {
      return free();
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
      Disk.super.rename(from, to);
      sizes.put(to, sizes.getOrDefault(from, 0L));
    }

    @Override
    public File create(Path path) throws IOException {
      File file = Disk.super.create(path);
      List<Path> names =
          List.of(path, path.resolveSibling(path.getFileName().toString().replace(".tmp", "")));
      return new File() {
        @Override
        public int write(ByteBuffer written, long position) throws IOException {
          synchronized (CountedDisk.this) {
            Path name = Files.exists(names.get(0)) ? names.get(0) : names.get(1);
            long size = sizes.getOrDefault(name, 0L);
            long room = free() + size - position;
            if (room <= 0) {
              throw new IOException("No space left on device");
            }
            int length = (int) Math.min(room, written.remaining());
            ByteBuffer some = written.slice().limit(length);
            int done = file.write(some, position);
            written.position(written.position() + done);
            sizes.put(name, Math.max(size, position + done));
            return done;
          }
        }

        @Override
        public void force(boolean metadata) throws IOException {
          file.force(metadata);
        }

        @Override
        public void truncate(long size) throws IOException {
          synchronized (CountedDisk.this) {
            file.truncate(size);
            sizes.put(Files.exists(names.get(0)) ? names.get(0) : names.get(1), size);
          }
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }
}
