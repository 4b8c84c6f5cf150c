package io.mcpgovernor.cli.audit;

import io.mcpgovernor.bench.Report;
import io.mcpgovernor.bench.Row;
import io.mcpgovernor.bench.Samples;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the search of an audit log: how long an index takes to be made, and how long it takes to
 * find the records of one user and those that hold one value. Warm is in this process, the files in
 * the system's cache; a process is a whole {@code governor audit search}, the first of them after
 * the files were put out of the cache, where the system lets a program do that ({@code dd}).
 */
public final class SearchBench {
  private static final int SEGMENT_RECORDS = 100_000;
  private static final int WARM_RUNS = 21;
  private static final int PROCESS_RUNS = 3;
  private static final int LIMIT = 100;
  private static final double WARM_GOAL_MILLIS = 1_000;
  private static final double COLD_GOAL_MILLIS = 3_000;

  /**
   * What was measured; times in milliseconds.
   *
   * @param records how many there are
   * @param logBytes how large the log is
   * @param indexBytes how large its index is
   * @param buildMillis to make the index
   * @param warmUserMillis to find the newest 100 records of a user, median
   * @param warmValueMillis to find the newest 100 records that hold a value, median
   * @param processUserMillis a process that does the same, median
   * @param coldUserMillis the same process, its log and index not in the cache
   * @param coldValueMillis a process that finds a value, log and index not in the cache
   */
  public record Result(
      long records,
      long logBytes,
      long indexBytes,
      double buildMillis,
      double warmUserMillis,
      double warmValueMillis,
      double processUserMillis,
      double coldUserMillis,
      double coldValueMillis) {

    /** The same as rows, with what is asked of a million records. */
    public Report report() {
      String of = "search " + records + " records: ";
      return new Report(
          List.of(
              row(of + "one user, warm", warmUserMillis, WARM_GOAL_MILLIS),
              row(of + "one value, warm", warmValueMillis, WARM_GOAL_MILLIS),
              row(of + "one user, process", processUserMillis, COLD_GOAL_MILLIS),
              row(of + "one user, process, cold", coldUserMillis, COLD_GOAL_MILLIS),
              row(of + "one value, process, cold", coldValueMillis, COLD_GOAL_MILLIS),
              Row.of("index: made once", "ms", buildMillis, Samples.of(buildMillis)),
              Row.of("index: size", "MB", indexBytes / 1e6, Samples.of(indexBytes / 1e6)),
              Row.of("log: size", "MB", logBytes / 1e6, Samples.of(logBytes / 1e6))));
    }

    private static Row row(String name, double millis, double goal) {
      return Row.atMost(name, "ms", millis, goal, Samples.of(millis));
    }
  }

  private SearchBench() {}

  /**
   * Measures, in a temporary directory that is deleted again.
   *
   * @param records how many records the log has, at least 1
   * @param progress is told what is being done
   * @throws IOException if a file cannot be written or read, or a search fails
   */
  public static Result run(long records, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("governor-search-bench");
    try {
      return run(directory.resolve("audit"), records, progress);
    } finally {
      delete(directory);
    }
  }

  private static Result run(Path log, long records, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("writing " + records + " records");
    try (SampleLog sample = new SampleLog(log, 1, SEGMENT_RECORDS, false)) {
      sample.write(records);
    }
    ValueQuery value = new ValueQuery(SampleLog.value(77), "email", null);
    progress.accept("making the index");
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
    double build = millisSince(begun);
    progress.accept("searching");
    EntryFilter user =
        new EntryFilter(
            "user-17", null, null, null, null, null, null, Long.MIN_VALUE, Long.MAX_VALUE, null);
    double warmUser = warm(log, user, null);
    double warmValue = warm(log, EntryFilter.ALL, value);
    String[] byUser = {"--user", "user-17"};
    double[] processes = new double[PROCESS_RUNS];
    process(log, "", byUser);
    for (int i = 0; i < PROCESS_RUNS; i++) {
      processes[i] = process(log, "", byUser);
    }
    evict(log);
    double coldUser = process(log, "", byUser);
    evict(log);
    double coldValue =
        process(log, SampleLog.value(77) + "\n", new String[] {"--value", "--kind", "email"});
    return new Result(
        records,
        bytes(log) - Files.size(file),
        Files.size(file),
        build,
        warmUser,
        warmValue,
        median(processes),
        coldUser,
        coldValue);
  }

  private static double warm(Path log, EntryFilter filter, @Nullable ValueQuery value)
      throws IOException {
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    double[] millis = new double[WARM_RUNS];
    for (int i = 0; i < WARM_RUNS; i++) {
      long begun = System.nanoTime();
      int[] found = {0};
      new LogSearch(List.of(log), value, true, (what, done, all) -> {}, err)
          .run(filter, LIMIT, new Trouble(), record -> found[0]++);
      millis[i] = millisSince(begun);
      if (found[0] == 0) {
        throw new IOException("the search found nothing");
      }
    }
    return median(millis);
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
    return millisSince(begun);
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

  private static long bytes(Path directory) throws IOException {
    long bytes = 0;
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
