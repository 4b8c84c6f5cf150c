package io.mcpgovernor.call;

import org.jspecify.annotations.Nullable;

/** Says whether arguments fit a tool's input schema. Thread-safe. */
@FunctionalInterface
public interface ArgumentCheck {
  /** Accepts everything: for tools that declare no input schema. */
  ArgumentCheck NONE = arguments -> null;

  /**
   * What is wrong with the arguments, or null when they fit.
   *
   * @return a sentence fit for the caller's eyes: it names parameters and limits of the schema,
   *     never the values that were passed
   */
  @Nullable String problem(Json arguments);
}
