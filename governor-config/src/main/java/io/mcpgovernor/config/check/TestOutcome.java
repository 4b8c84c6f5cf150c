package io.mcpgovernor.config.check;

import io.mcpgovernor.config.file.Place;
import java.util.Set;

/**
 * How a policy test came out. Immutable.
 *
 * @param name what the test shows
 * @param place where it is written
 * @param isPassed whether what came is what was expected
 * @param expected what should have come: {@code deny rls}
 * @param came what came: {@code deny rls: You have no access ...}
 * @param matched the names of the rules whose condition held
 */
public record TestOutcome(
    String name, Place place, boolean isPassed, String expected, String came, Set<String> matched) {
  /** Copies the set. */
  public TestOutcome {
    matched = Set.copyOf(matched);
  }
}
