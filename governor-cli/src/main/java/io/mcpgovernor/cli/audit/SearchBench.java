package io.mcpgovernor.cli.audit;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import io.mcpgovernor.bench.TemporaryDirectory;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the search of an audit log: how long an index takes to be made, and how long it takes to
 * find the records of one user and those that hold one value. Warm is in this process, the files in
 * the system's cache; a process is a whole {@code governor audit search}, and a cold one that after
 * the log and its index were put out of the cache, where GNU dd is there to do that.
 */
public final class SearchBench {
  private static final int SEGMENT_RECORDS = 100_000;
  private static final int WARM_RUNS = 21;
  private static final int PROCESS_RUNS = 3;
  private static final int LIMIT = 100;

  /** Goals for a million records, seconds. */
  private static final double WARM_MAX = 1;

  private static final double COLD_MAX = 3;

  /** Whose records are looked for, and whose e-mail address. */
  private static final String USER = "user-17";

  private static final int PERSON = 77;

  private SearchBench() {}

  /**
   * Measures, in a temporary directory that is deleted again.
   *
   * @param records how many records the log has, at least 10,000
   * @param progress is told what is being done
   * @throws IOException if a file cannot be written or read, or a search fails
   */
  public static Report run(long records, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (TemporaryDirectory directory = new TemporaryDirectory()) {
      return run(directory.path().resolve("audit"), records, progress);
    }
  }

  private static Report run(Path log, long records, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("search: writing a log of " + records + " records");
    try (SampleLog sample = new SampleLog(log, 1, SEGMENT_RECORDS, false)) {
      sample.write(records);
    }
    ValueQuery value = new ValueQuery(SampleLog.value(PERSON), "email", null);
    EntryFilter user =
        new EntryFilter(
            USER, null, null, null, null, null, null, Long.MIN_VALUE, Long.MAX_VALUE, null);
    progress.accept("search: making the index");
    double build = build(log);
    Path index = log.resolve(IndexFile.NAME);
    double mebibytes = Files.size(index) / (double) (1 << 20);
    progress.accept("search: a user, and a value, in this process");
    Samples warmUser = warm(log, user, null);
    Samples warmValue = warm(log, EntryFilter.ALL, value);
    progress.accept("search: whole processes");
    String[] byUser = {"--user", USER};
    String[] byValue = {"--value", "--kind", "email"};
    String input = SampleLog.value(PERSON) + "\n";
    Samples users = processes(log, "", byUser);
    Samples values = processes(log, input, byValue);
    evict(log);
    Samples coldUser = Samples.of(process(log, "", byUser));
    evict(log);
    Samples coldValue = Samples.of(process(log, input, byValue));
    return new Report(
        List.of(
            Row.of("search: make the index of the log", "s", build, Samples.of(build)),
            Row.of("search: size of the index", "MiB", mebibytes, Samples.of(mebibytes)),
            Row.atMost("search: a user, warm", "s", warmUser.median(), WARM_MAX, warmUser),
            Row.atMost("search: a value, warm", "s", warmValue.median(), WARM_MAX, warmValue),
            Row.atMost("search: a user, process", "s", users.median(), WARM_MAX, users),
            Row.atMost("search: a value, process", "s", values.median(), WARM_MAX, values),
            Row.atMost("search: a user, cold process", "s", coldUser.median(), COLD_MAX, coldUser),
            Row.atMost(
                "search: a value, cold process", "s", coldValue.median(), COLD_MAX, coldValue)));
  }

  private static double build(Path log) throws IOException {
    long begun = System.nanoTime();
    Path file = IndexFile.of(log);
    if (file == null) {
      throw new IOException("no index can be written in " + log);
    }
    try (SearchIndex index = SearchIndex.open(file, log)) {
      index.update(new Trouble(), (what, done, all) -> {});
    } catch (SQLException e) {
      throw new IOException("the index cannot be made", e);
    }
    return secondsSince(begun);
  }

  private static Samples warm(Path log, EntryFilter filter, @Nullable ValueQuery value)
      throws IOException {
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    double[] seconds = new double[WARM_RUNS];
    for (int i = 0; i < WARM_RUNS; i++) {
      long begun = System.nanoTime();
      int[] found = {0};
      new LogSearch(List.of(log), value, true, (what, done, all) -> {}, err)
          .run(filter, LIMIT, new Trouble(), record -> found[0]++);
      seconds[i] = secondsSince(begun);
      if (found[0] == 0) {
        throw new IOException("the search found nothing");
      }
    }
    return Samples.of(seconds);
  }

  private static Samples processes(Path log, String input, String[] options)
      throws IOException, InterruptedException {
    process(log, input, options); // brings Java's own files into the cache
    double[] seconds = new double[PROCESS_RUNS];
    for (int i = 0; i < PROCESS_RUNS; i++) {
      seconds[i] = process(log, input, options);
    }
    return Samples.of(seconds);
  }

  private static double process(Path log, String input, String[] options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "audit",
                "search",
                log.toString()));
    command.addAll(List.of(options));
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    int bytes = process.getInputStream().readAllBytes().length;
    if (process.waitFor() != 0 || bytes == 0) {
      throw new IOException("governor audit search failed, or found nothing");
    }
    return secondsSince(begun);
  }

  /** Asks the system to put files out of its cache, as far as GNU dd is there to ask. */
  private static void evict(Path log) throws IOException, InterruptedException {
    try (var files = Files.list(log)) {
      for (Path file : files.toList()) {
        try {
          new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor(1, TimeUnit.MINUTES);
        } catch (IOException e) {
          return; // then cold is what warm is
        }
      }
    }
  }

  private static double secondsSince(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
