package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.gateway.relay.UpstreamException;
import io.mcpgovernor.gateway.stdio.LineReader.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One process and the lines that go in and out. Three threads serve it: what it says, what it is
 * told, what it logs. None of them is a virtual one, since they wait in reads that would hold its
 * carrier. Thread-safe.
 */
final class ChildProcess implements AutoCloseable {
  /** What a program needs to find its way, and what holds no credential. */
  private static final Set<String> HARMLESS =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "TMPDIR",
          "TEMP",
          "TMP",
          "TERM",
          "PATHEXT",
          "SYSTEMROOT",
          "SYSTEMDRIVE",
          "WINDIR",
          "COMSPEC",
          "USERPROFILE",
          "USERNAME",
          "APPDATA",
          "LOCALAPPDATA",
          "PROGRAMFILES",
          "XDG_RUNTIME_DIR",
          "XDG_CONFIG_HOME",
          "XDG_DATA_HOME",
          "XDG_CACHE_HOME",
          "XDG_STATE_HOME");

  /** Enough for the writer never to wait for a thread; few, since each may be large. */
  private static final int WAITING_MAX = 16;

  private static final int STDERR_LINE_MAX = 8_192;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

  /** How long what a process has written may take to be read after it ended. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** No line is empty: each ends with a line feed. */
  private static final byte[] END = new byte[0];

  private final ChildCommand command;
  private final ChildOptions options;
  private final Process process;
  private final Complaints complaints;
  private final BlockingQueue<byte[]> toWrite = new ArrayBlockingQueue<>(WAITING_MAX);
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
  private final CompletableFuture<Integer> ended;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Set when it has closed its input. */
  private volatile boolean isDeaf;

  private ChildProcess(
      ChildCommand command, ChildOptions options, Process process, Complaints complaints) {
    this.command = command;
    this.options = options;
    this.process = process;
    this.complaints = complaints;
    this.ended =
        process
            .onExit()
            .thenCombine(
                // A process it started may hold its output open for as long as it likes.
                process
                    .onExit()
                    .thenCompose(
                        gone ->
                            outputEnded
                                .copy()
                                .completeOnTimeout(
                                    null, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)),
                (gone, read) -> gone.exitValue());
  }

  /**
   * Starts a process. Nothing is read of it before {@link #listen}.
   *
   * @param stderr what takes each line it logs
   * @throws UpstreamException if it cannot be started
   */
  static ChildProcess start(
      ChildCommand command, ChildOptions options, Complaints complaints, Consumer<String> stderr)
      throws UpstreamException {
    ProcessBuilder builder = new ProcessBuilder(command.command());
    Map<String, String> environment = builder.environment();
    if (!command.inherits()) {
      environment.keySet().removeIf(name -> !HARMLESS.contains(name.toUpperCase(Locale.ROOT)));
    }
    environment.putAll(command.environment());
    if (command.directory() != null) {
      builder.directory(command.directory().toFile());
    }
    ChildProcess child;
    try {
      child = new ChildProcess(command, options, builder.start(), complaints);
    } catch (IOException e) {
      throw new ChildFailures(command.server()).notStarted();
    }
    child.thread("stdin", child::write);
    child.thread("stderr", () -> child.log(stderr));
    return child;
  }

  /** Reads what it says from now on, in one thread; null once, at the end. */
  void listen(Consumer<Line> lines) {
    thread("stdout", () -> read(lines));
  }

  private void thread(String stream, Runnable task) {
    Thread.ofPlatform().daemon().name(command.server() + "-" + stream).start(task);
  }

  /**
   * Tells it something, after what was told before.
   *
   * @throws UpstreamException if it does not read what it was told before, or has ended
   */
  void tell(byte[] json) throws UpstreamException, InterruptedException {
    if (ended.isDone() || closed.get()) {
      throw new ChildFailures(command.server()).endedBefore();
    }
    if (isDeaf
        || !toWrite.offer(
            LineWriter.line(json), options.writeWait().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new ChildFailures(command.server()).doesNotRead();
    }
  }

  /** Tells it something if there is room for it now. */
  void mention(byte[] json) {
    if (!closed.get() && !toWrite.offer(LineWriter.line(json))) {
      complaints.about("does not read what it is sent; a message to it is left out");
    }
  }

  /** Its exit code, once it has ended and what it wrote is read. */
  CompletableFuture<Integer> ended() {
    return ended.copy();
  }

  long pid() {
    return process.pid();
  }

  private void write() {
    try (OutputStream in = process.getOutputStream()) {
      for (byte[] line = toWrite.take(); line.length > 0; line = toWrite.take()) {
        in.write(line);
        in.flush();
      }
    } catch (IOException e) {
      isDeaf = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Nobody waits for a place in the queue of a process that reads no more.
    while (!ended.isDone()) {
      try {
        toWrite.poll(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void read(Consumer<Line> lines) {
    LineReader reader = new LineReader(process.getInputStream(), options.bounds().bytesMax());
    try {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      // The end, like any other.
    } catch (RuntimeException e) {
      complaints.about("wrote something that made reading fail: " + e.getClass().getName());
    } finally {
      outputEnded.complete(null);
    }
    // What says nothing any more is of no use, also if it runs on.
    close();
  }

  private void log(Consumer<String> stderr) {
    LineReader reader = new LineReader(process.getErrorStream(), STDERR_LINE_MAX);
    try {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        stderr.accept(command.server() + ": " + printable(line.bytes()));
      }
    } catch (IOException e) {
      // The end, like any other.
    }
  }

  /** A line of text and nothing else: what moves a terminal's cursor could forge other lines. */
  private static String printable(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return CONTROLS.matcher(text).replaceAll("?");
      }
    }
    return text;
  }

  /**
   * Ends it: closes its input, waits, sends SIGTERM, waits, kills; those that it started as well.
   * Blocks for some seconds at most, after which nothing of it runs.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      awaitEnd();
      return;
    }
    List<ProcessHandle> family = process.descendants().toList();
    if (!toWrite.offer(END)) {
      toWrite.clear(); // it does not read, and what waits will not be read
      toWrite.add(END);
    }
    boolean interrupted = false;
    try {
      if (!process.waitFor(options.goodbye().toMillis(), TimeUnit.MILLISECONDS)) {
        complaints.about("did not end when its input was closed, and is terminated");
        family = process.descendants().toList();
        process.destroy();
        family.forEach(ProcessHandle::destroy);
        process.waitFor(options.goodbye().toMillis(), TimeUnit.MILLISECONDS);
      }
      family.forEach(ProcessHandle::destroy);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.destroyForcibly();
    family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Somebody else ends it: waits until that is done. */
  private void awaitEnd() {
    try {
      process.waitFor(3 * options.goodbye().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
