package io.mcpgovernor;

/**
 * What a log may say of an exception of foreign code: its type and where it was thrown. Its message
 * stays out, since it may quote arguments or results.
 */
final class FailurePlace {
  private FailurePlace() {}

  static String of(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
