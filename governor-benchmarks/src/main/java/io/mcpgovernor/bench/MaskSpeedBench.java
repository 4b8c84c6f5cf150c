package io.mcpgovernor.bench;

import com.sun.management.ThreadMXBean;
import io.mcpgovernor.bench.texts.SpeedText;
import io.mcpgovernor.bench.texts.SpeedTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * {@code governor bench mask}: how many megabytes a second masking takes on one thread, beside
 * regular expressions and a copy of the array in the same run.
 */
public final class MaskSpeedBench {
  private static final int RECORDS = 100;
  private static final int CLEAN_BYTES = 4_096;
  private static final double NANOS_PER_MICRO = 1_000;
  // Expressions are slow and steady: the first part of a text tells their speed.
  private static final int EXPRESSION_BYTES = 64 << 10;

  private final MaskUnderTest masker = new MaskUnderTest();
  private final String finder = MaskUnderTest.finder();
  private final Scale scale;
  private final long roundNanos;
  // What was computed goes here, so that the compiler cannot leave the work out.
  private long sink;

  private MaskSpeedBench(Scale scale) {
    this.scale = scale;
    this.roundNanos = scale.perRound() * 6_000L;
  }

  /**
   * Measures the usual texts, the worst ones, 100 small records, and what a result without PII
   * costs.
   *
   * @param progress told what comes next
   */
  public static Report run(Scale scale, Consumer<String> progress) {
    MaskSpeedBench bench = new MaskSpeedBench(scale);
    List<SpeedText> texts = new ArrayList<>(SpeedTexts.usual(SpeedTexts.BYTES));
    List<SpeedText> worst = SpeedTexts.worst(SpeedTexts.BYTES);
    texts.forEach(bench::mustBeMasked);
    bench.warmUp(texts, worst, progress);
    List<Row> rows = new ArrayList<>();
    texts.forEach(text -> rows.addAll(bench.rows(text, progress)));
    worst.forEach(text -> rows.addAll(bench.rows(text, progress)));
    progress.accept("small results");
    rows.add(bench.records());
    rows.addAll(bench.clean());
    return new Report(rows);
  }

  /**
   * Measures one file, as JSON if it is that, otherwise as text.
   *
   * @throws IllegalArgumentException if the file is empty
   */
  public static Report run(Path file, Scale scale, Consumer<String> progress) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("there is nothing to measure in an empty file");
    }
    MaskSpeedBench bench = new MaskSpeedBench(scale);
    SpeedText text = new SpeedText("file", bytes, bench.masker.isJson(bytes), List.of());
    bench.warmUp(
        List.of(text), SpeedTexts.usual(Math.min(bytes.length, SpeedTexts.BYTES)), progress);
    return new Report(bench.rows(text, progress));
  }

  /** All texts in turn, so that the compiler knows all of them before it settles on anything. */
  private void warmUp(List<SpeedText> texts, List<SpeedText> others, Consumer<String> progress) {
    progress.accept("nothing yet: warming up (finder: " + finder + ")");
    List<SpeedText> all = new ArrayList<>(texts);
    all.addAll(others);
    long until = System.nanoTime() + Timing.WARM_UP_ROUNDS * 2 * roundNanos;
    do {
      for (SpeedText text : all) {
        sink += masker.find(text) ? 1 : 0;
        sink += masker.mask(text).length;
      }
    } while (System.nanoTime() < until);
  }

  private void mustBeMasked(SpeedText text) {
    String masked = new String(masker.mask(text), StandardCharsets.UTF_8);
    if (!masked.contains("***@***.com") || masked.contains("@example.com")) {
      throw new IllegalStateException("the benchmark would time something else than masking");
    }
  }

  private List<Row> rows(SpeedText text, Consumer<String> progress) {
    progress.accept(text.name());
    int bytes = text.utf8().length;
    byte[] some = Arrays.copyOf(text.utf8(), Math.min(bytes, EXPRESSION_BYTES));
    String someText = new String(some, StandardCharsets.UTF_8);
    Samples find = speed(bytes, number -> masker.find(text) ? number : -1);
    Samples mask = speed(bytes, number -> masker.mask(text).length);
    List<Row> rows = new ArrayList<>();
    // Backtracking over one endless word takes minutes, which shows nothing new.
    boolean isForExpressions = !text.name().equals("base64url") && !text.name().equals("hex");
    Row found = row(text, "find, " + finder, find);
    Row masked = row(text, "find + mask, " + finder, mask);
    if (isForExpressions) {
      Samples expressions =
          speed(some.length, number -> SeedPatterns.mask(someText).length() + number);
      rows.add(found.against(expressions.median()));
      rows.add(masked.against(expressions.median()));
      rows.add(row(text, "6 replaceAll", expressions));
    } else {
      rows.add(found);
      rows.add(masked);
    }
    Samples copy = speed(bytes, number -> copied(text.utf8(), number));
    rows.add(row(text, "copy of the array", copy));
    return rows;
  }

  private static long copied(byte[] bytes, int number) {
    byte[] copy = bytes.clone();
    return copy[Math.floorMod(number, copy.length)];
  }

  private static Row row(SpeedText text, String what, Samples speed) {
    return Row.of(text.name() + ": " + what, "MB/s", speed.median(), speed);
  }

  /** Megabytes (of a million bytes) a second, one figure a round. */
  private Samples speed(int bytes, ToLongFunctionOfNumber action) {
    // Once, untimed: caches get to know the text again.
    sink += action.apply(0);
    double[] speeds = new double[scale.rounds()];
    for (int round = 0; round < speeds.length; round++) {
      int times = 0;
      long started = System.nanoTime();
      long passed;
      do {
        sink += action.apply(times++);
        passed = System.nanoTime() - started;
      } while (passed < roundNanos);
      speeds[round] = 1_000.0 * times * bytes / passed;
    }
    return Samples.of(speeds);
  }

  /** Gets the number of the call and gives something that depends on the work. */
  @FunctionalInterface
  private interface ToLongFunctionOfNumber {
    long apply(int number);
  }

  private Row records() {
    byte[] json = new CustomerRecords().records(RECORDS).utf8();
    SpeedText records = new SpeedText("records", json, true, List.of());
    mustBeMasked(records);
    String text = records.text();
    Samples expressions =
        micros(scale.perRound() / 40, ignored -> SeedPatterns.mask(text).length());
    Samples masking = micros(scale.perRound() / 4, ignored -> masker.mask(records).length);
    return Row.atMost(
            "mask 100 records, " + finder + " (6 replaceAll)", "us", masking.median(), 100, masking)
        .against(expressions.median());
  }

  private List<Row> clean() {
    byte[] json = new CustomerRecords().cleanToolResult(CLEAN_BYTES).utf8();
    SpeedText clean = new SpeedText("clean", json, true, List.of());
    if (masker.find(clean)) {
      throw new IllegalStateException("the benchmark's clean result is not clean");
    }
    Samples time = micros(scale.perRound() / 2, ignored -> masker.mask(clean).length);
    Samples bytes = allocated(() -> sink += masker.mask(clean).length);
    return List.of(
        Row.atMost("4 KiB without PII: time", "us", time.median(), 10, time),
        Row.of("4 KiB without PII: allocated", "B", bytes.median(), bytes));
  }

  private Samples micros(int perRound, ToLongFunction<Integer> action) {
    return Samples.together(
        Timing.rounds(
            scale.rounds(),
            Math.max(10, perRound),
            NANOS_PER_MICRO,
            number -> {},
            number -> sink += action.applyAsLong(number)));
  }

  /** Bytes that one call allocates, one figure a round. */
  private Samples allocated(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = Math.max(10, scale.perRound() / 10);
    double[] bytes = new double[scale.rounds()];
    for (int round = 0; round < bytes.length; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        action.run();
      }
      bytes[round] = (double) (threads.getCurrentThreadAllocatedBytes() - before) / calls;
    }
    return Samples.of(bytes);
  }
}
