package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed file is taken over whole or not at all. */
final class ConfigWatcherTest {
  @TempDir private Path directory;

  private final List<ConfigFile> taken = Collections.synchronizedList(new ArrayList<>());
  private Path file = Path.of("governor.yaml");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("governor.yaml"), limit(1));
  }

  private static String limit(int calls) {
    return "limits: {rate: " + calls + "/1h, by: [user], concurrency: " + calls + "}\n";
  }

  private List<Integer> limits() {
    return taken.stream().map(read -> read.config().limits().rate().calls()).toList();
  }

  private ConfigWatcher idle() {
    return ConfigWatcher.idle(ConfigFile.read(file), taken::add);
  }

  private static void look(ConfigWatcher watcher, int times) {
    for (int i = 0; i < times; i++) {
      watcher.look();
    }
  }

  /** What is logged meanwhile; slf4j-simple writes to the standard error output. */
  private static String logged(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aChangeThatTwoLooksHaveSeenIsTakenOverOnce() throws IOException {
    ConfigWatcher watcher = idle();
    look(watcher, 3);
    Files.writeString(file, limit(2));
    look(watcher, 1);
    assertThat(taken).isEmpty();
    look(watcher, 5);

    assertThat(limits()).containsExactly(2);
    assertThat(watcher.running().config().limits().rate().calls()).isEqualTo(2);
  }

  @Test
  void theWatchersOwnThreadSeesAChange() throws Exception {
    BlockingQueue<ConfigFile> queue = new LinkedBlockingQueue<>();
    ConfigWatcher watcher = ConfigWatcher.start(ConfigFile.read(file), queue::add);
    try (watcher) {
      Files.writeString(file, limit(3));

      ConfigFile read = queue.poll(1, TimeUnit.MINUTES);
      assertThat(read).isNotNull();
      assertThat(read.config().limits().concurrency()).isEqualTo(3);
    }
    assertThat(watcher.running().config().limits().concurrency()).isEqualTo(3);
  }

  @Test
  void aBadFileLeavesWhatRunsAndIsSaidOnceWithAllProblems() throws IOException {
    ConfigWatcher watcher = idle();
    Files.writeString(file, "limits: {rate: 1, concurency: 2}");
    String log = logged(() -> look(watcher, 5));

    assertThat(taken).isEmpty();
    assertThat(log).containsOnlyOnce("limits.rate").containsOnlyOnce("limits.concurency");
    assertThat(logged(() -> look(watcher, 5))).isEmpty();
    Files.writeString(file, limit(4));
    look(watcher, 2);
    assertThat(limits()).containsExactly(4);
  }

  @Test
  void aFileThatIsGoneLeavesWhatRunsAndMayComeBack() throws IOException {
    ConfigWatcher watcher = idle();
    Files.delete(file);
    String log = logged(() -> look(watcher, 5));

    assertThat(taken).isEmpty();
    assertThat(log).containsOnlyOnce("is gone");
    Files.writeString(file, limit(5));
    look(watcher, 2);
    assertThat(limits()).containsExactly(5);
  }

  @Test
  void whatTheEngineDoesNotTakeLeavesWhatRuns() throws IOException {
    ConfigFile before = ConfigFile.read(file);
    ConfigWatcher watcher =
        ConfigWatcher.idle(
            before,
            read -> {
              throw new IllegalStateException("no room");
            });
    Files.writeString(file, limit(6));
    String log = logged(() -> look(watcher, 5));

    assertThat(log).containsOnlyOnce("could not be taken over");
    assertThat(watcher.running()).isSameAs(before);
    assertThatThrownBy(watcher::reload).hasMessage("no room");
    assertThat(watcher.running()).isSameAs(before);
  }

  @Test
  void onDemandItIsTakenOverAtOnceOrRefusedToTheOneWhoAsked() throws IOException {
    ConfigWatcher watcher = idle();
    Files.writeString(file, limit(7));
    watcher.reload();
    assertThat(limits()).containsExactly(7);

    Files.writeString(file, "limits: 7");
    assertThatThrownBy(watcher::reload).isInstanceOf(ConfigException.class);
    assertThat(watcher.running().config().limits().rate().calls()).isEqualTo(7);
  }

  @Test
  void aLinkThatIsSwappedIsSeen() throws IOException {
    // As Kubernetes does it: governor.yaml -> ..data/governor.yaml, ..data -> ..2026_1.
    for (int i = 1; i <= 2; i++) {
      Path data = Files.createDirectories(directory.resolve("..2026_" + i));
      Files.writeString(data.resolve("governor.yaml"), limit(10 + i));
    }
    Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_1"));
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("..data", "governor.yaml"));
    ConfigWatcher watcher = idle();

    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_2"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    look(watcher, 2);
    assertThat(limits()).containsExactly(12);
  }

  @Test
  void aSecretThatChangesIsTakenOverAsWell() throws IOException {
    Page.write(directory, "admin: {token: '${file:secrets/erp-token}'}");
    ConfigWatcher watcher = idle();
    Files.writeString(directory.resolve("secrets/erp-token"), "another\n");
    look(watcher, 2);

    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).config().admin().token().value()).isEqualTo("another");
    look(watcher, 3);
    assertThat(taken).hasSize(1);
  }

  @Test
  void aSecretThatComesLaterThanTheFileThatNamesItIsEnough() throws IOException {
    ConfigWatcher watcher = idle();
    Files.writeString(file, "admin: {token: '${file:late}'}");
    assertThat(logged(() -> look(watcher, 5))).containsOnlyOnce("there is no file");

    Path late = Files.writeString(directory.resolve("late"), "a secret");
    Files.setPosixFilePermissions(late, PosixFilePermissions.fromString("rw-------"));
    look(watcher, 1);
    assertThat(taken).hasSize(1);
  }

  @Test
  void inAStormOfPartialWritesOnlyWholeFilesAreTakenOver() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              Random random = new Random(7);
              for (int i = 0; !isOver.get(); i++) {
                // Up to the last brace a part is no YAML; both numbers tell a mixture.
                String whole = limit(1 + i % 900);
                try {
                  Files.writeString(file, whole.substring(0, random.nextInt(whole.length() - 1)));
                  Files.writeString(file, whole);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                begun.countDown();
              }
            });
    ConfigWatcher watcher = idle();
    String log =
        logged(
            () -> {
              writer.start();
              try {
                begun.await();
                for (int i = 0; i < 3_000; i++) {
                  watcher.look();
                  try {
                    watcher.reload();
                  } catch (ConfigException e) {
                    // one of the parts
                  }
                }
                isOver.set(true);
                writer.join();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Files.writeString(file, limit(901));
    look(watcher, 2);

    assertThat(log).doesNotContain("Exception");
    assertThat(taken)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            read ->
                assertThat(read.config().limits().concurrency())
                    .isEqualTo(read.config().limits().rate().calls()));
    assertThat(limits()).last().isEqualTo(901);
  }

  @Test
  void closingEndsTheThread() throws InterruptedException {
    ConfigWatcher watcher = ConfigWatcher.start(ConfigFile.read(file), taken::add);
    watcher.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("governor-config");
  }
}
