package io.mcpgovernor.cli.demo;

import io.mcpgovernor.cli.demo.Step.Played;
import java.time.Duration;
import java.util.List;

/** Tells somebody what happens, as it happens. */
interface Report {
  void opening(Transport transport);

  /** A step is over. */
  void step(int number, Step step, List<Played> played);

  /**
   * The story is over.
   *
   * @param steps how many there were
   * @param failures what was not as expected
   */
  void closing(int steps, List<String> failures, Duration took);
}
