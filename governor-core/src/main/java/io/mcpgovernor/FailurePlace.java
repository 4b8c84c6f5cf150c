package io.mcpgovernor;

import java.util.concurrent.CompletionException;

/**
 * What a log may say of an exception of foreign code: its type and where it was thrown. Its message
 * stays out, since it may quote arguments or results.
 */
final class FailurePlace {
  private FailurePlace() {}

  static String of(Throwable thrown) {
    Throwable failure = thrown;
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
