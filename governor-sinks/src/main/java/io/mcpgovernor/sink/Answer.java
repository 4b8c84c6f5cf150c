package io.mcpgovernor.sink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a request. */
sealed interface Answer {
  /** The receiver has it. */
  record Accepted() implements Answer {}

  /** The receiver will never take this body, and says that it is the body's fault. */
  record Refused(int status) implements Answer {}

  /**
   * Nobody knows, or it is not the body's fault: send it again.
   *
   * @param problem what to tell an administrator
   * @param after how long the receiver wants to be left alone, or null
   */
  record Failed(String problem, @Nullable Duration after) implements Answer {}
}
