package io.mcpgovernor.cli.demo;

import io.mcpgovernor.cli.demo.Step.Played;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Plays the story and tells whether all of it went as expected. */
public final class Demo {
  /** How it is told. */
  public enum Format {
    /** For people. */
    TEXT,
    /** For people at a terminal. */
    COLOURED_TEXT,
    /** For programs: one JSON object. */
    JSON
  }

  private Demo() {}

  /**
   * Starts the server and the clients, plays the story and closes everything.
   *
   * @param transport how the clients reach the server
   * @param auditDirectory where the audit log goes; it is made if it is not there
   * @return 0 if every step gave what was expected, else 1
   * @throws java.io.UncheckedIOException if the audit log cannot be written there
   */
  public static int play(Transport transport, Path auditDirectory, Format format, PrintWriter out) {
    Report report =
        switch (format) {
          case TEXT -> new TextReport(out, Ink.PLAIN);
          case COLOURED_TEXT -> new TextReport(out, Ink.COLOURED);
          case JSON -> new JsonReport(out);
        };
    return play(transport, auditDirectory, Scenario.steps(), report);
  }

  static int play(Transport transport, Path auditDirectory, List<Step> steps, Report report) {
    long started = System.nanoTime();
    List<String> failures = new ArrayList<>();
    try (Stage stage = Stage.open(transport, auditDirectory)) {
      report.opening(transport);
      int number = 0;
      for (Step step : steps) {
        List<Played> played = step.play(stage);
        report.step(++number, step, played);
        for (Played scene : played) {
          if (!scene.isGood()) {
            failures.add("step " + number + " (" + step.title() + "): " + failure(scene));
          }
        }
      }
    }
    report.closing(steps.size(), failures, Duration.ofNanos(System.nanoTime() - started));
    return failures.isEmpty() ? 0 : 1;
  }

  private static String failure(Played scene) {
    return scene.happening() instanceof Happening.Broken broken
        ? broken.problem()
        : scene.unmet().stream()
            .map(Expectation::says)
            .collect(Collectors.joining("; ", "expected ", ""));
  }
}
