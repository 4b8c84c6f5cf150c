package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.audit.AuditKeys;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.file.AdminConfig;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.GovernorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything at once, each thing for a bounded time: what hangs is named, and nothing
 * waits for it.
 */
public final class Examination {
  private static final String CONFIGURATION = "configuration";

  /** What was given up may still have a process to end. */
  private static final long TIDYING_MILLIS = 700;

  private final Duration patience;
  private final List<Thread> givenUp = new ArrayList<>();
  private final long deadlineNanos;
  private final List<Finding> findings = new ArrayList<>();

  private Examination(Duration patience) {
    this.patience = patience;
    this.deadlineNanos = System.nanoTime() + patience.toNanos();
  }

  /**
   * Looks at what a configuration file needs.
   *
   * @param patience how long anything may take
   */
  public static Report of(Path file, Duration patience) throws InterruptedException {
    Examination examination = new Examination(patience);
    try {
      ConfigFile read = ConfigFile.read(file);
      read.builder(); // what only the engine can tell
      examination.findings.add(
          Finding.ok(
              CONFIGURATION, file + " is right (policy version " + read.policyVersion() + ")"));
      examination.look(read);
      examination.tidy();
      return new Report(examination.findings, true);
    } catch (ConfigException e) {
      e.problems()
          .forEach(
              problem ->
                  examination.findings.add(
                      Finding.fail(CONFIGURATION, problem.toString(), "change the file")));
      return new Report(examination.findings, false);
    }
  }

  /**
   * Looks at what a machine without a configuration file needs.
   *
   * @param state where records and pins are; null if the environment names no home
   */
  public static Report ofDesktop(@Nullable Path state, Duration patience)
      throws InterruptedException {
    Examination examination = new Examination(patience);
    examination.findings.add(
        Finding.ok(CONFIGURATION, "there is no file, so the desktop profile holds"));
    if (state == null) {
      examination.findings.add(
          Finding.fail(
              AuditCheck.WHAT,
              "the environment names no home directory for records",
              "set XDG_STATE_HOME, or write a configuration file"));
    } else {
      ClockCheck clock = new ClockCheck();
      Task<AuditCheck.Found> audit =
          Task.start(() -> AuditCheck.look(state.resolve("audit"), null));
      Task<Finding> pins = Task.start(() -> PinCheck.look(state.resolve("pins.json")));
      AuditCheck.Found records = examination.records(audit);
      examination.findings.add(
          examination.get(pins, () -> examination.late("pins"), why -> broken("pins", why)));
      examination.findings.addAll(clock.look(records));
    }
    return new Report(examination.findings, true);
  }

  private void look(ConfigFile file) throws InterruptedException {
    ClockCheck clock = new ClockCheck();
    GovernorConfig config = file.config();
    Path directory = file.resolve(config.audit().dir());
    Path written = config.audit().keys();
    Path keys = written == null ? AuditKeys.beside(directory) : file.resolve(written);
    Task<AuditCheck.Found> audit = Task.start(() -> AuditCheck.look(directory, keys));
    Task<List<Finding>> grants = Task.start(() -> GrantCheck.look(file, Instant.now()));
    Task<List<Finding>> apiKeys = Task.start(() -> KeyCheck.look(file, Instant.now()));
    Task<Finding> pins = Task.start(() -> PinCheck.look(file.resolve(config.pins())));
    Map<String, Task<ServerCheck.Found>> servers = new LinkedHashMap<>();
    config
        .servers()
        .keySet()
        .forEach(
            name -> servers.put(name, Task.start(() -> ServerCheck.look(file, name, patience))));

    AuditCheck.Found records = records(audit);
    ports(config, records != null && records.isWritten());
    List<Tool> tools = new ArrayList<>();
    for (Map.Entry<String, Task<ServerCheck.Found>> server : servers.entrySet()) {
      String name = server.getKey();
      ServerCheck.Found found =
          get(
              server.getValue(),
              () -> ServerCheck.late(name, patience),
              why -> ServerCheck.broken(name, why));
      findings.add(found.finding());
      tools.addAll(found.tools());
      if (found.theirs() != null) {
        clock.compare(name, found.theirs(), found.ours());
      }
    }
    if (servers.isEmpty()) {
      findings.add(
          Finding.warn("servers", "the file names none", "name at least one for 'governor serve'"));
    }
    findings.addAll(ToolCheck.look(file, tools));
    findings.add(get(pins, () -> late("pins"), why -> broken("pins", why)));
    findings.addAll(
        get(grants, () -> List.of(late("grants")), why -> List.of(broken("grants", why))));
    findings.addAll(get(apiKeys, () -> List.of(late("keys")), why -> List.of(broken("keys", why))));
    findings.addAll(clock.look(records));
  }

  private AuditCheck.@Nullable Found records(Task<AuditCheck.Found> audit)
      throws InterruptedException {
    AuditCheck.Found found =
        get(
            audit,
            () -> new AuditCheck.Found(List.of(late(AuditCheck.WHAT)), false, null, null),
            why -> new AuditCheck.Found(List.of(broken(AuditCheck.WHAT, why)), false, null, null));
    findings.addAll(found.findings());
    return found;
  }

  private void ports(GovernorConfig config, boolean isRunning) {
    findings.add(PortCheck.look("listen", config.listen(), isRunning));
    AdminConfig admin = config.admin();
    if (admin != null) {
      findings.add(PortCheck.look("admin.listen", admin.listen(), isRunning));
    }
  }

  private void tidy() throws InterruptedException {
    long end = System.nanoTime() + TIDYING_MILLIS * 1_000_000;
    for (Thread thread : givenUp) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
  }

  private Finding late(String what) {
    return Finding.fail(
        what,
        "no answer within " + patience.toMillis() / 1_000.0 + " s",
        "see what is wrong with the disk, or look again with --wait 30");
  }

  private static Finding broken(String what, String why) {
    return Finding.fail(what, why, "see that this user may read and write it");
  }

  private <T> T get(Task<T> task, Supplier<T> late, Function<String, T> broken)
      throws InterruptedException {
    try {
      return task.result.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.result.cancel(true);
      givenUp.add(task.thread);
      return late.get();
    } catch (ExecutionException e) {
      return broken.apply(String.valueOf(e.getCause()));
    }
  }

  /** Something that is looked at while others are. */
  private record Task<T>(FutureTask<T> result, Thread thread) {
    static <T> Task<T> start(Callable<T> look) {
      FutureTask<T> result = new FutureTask<>(look);
      // One that hangs in the disk does not keep the program from ending.
      return new Task<>(result, Thread.ofPlatform().daemon().name("doctor").start(result));
    }
  }

  /**
   * What was found.
   *
   * @param isConfigured whether the configuration could be used
   */
  public record Report(List<Finding> findings, boolean isConfigured) {
    /** Whether nothing is broken. */
    public boolean isHealthy() {
      return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.FAIL);
    }
  }
}
