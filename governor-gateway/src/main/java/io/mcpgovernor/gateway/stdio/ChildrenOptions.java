package io.mcpgovernor.gateway.stdio;

import java.time.Duration;

/**
 * How many processes a server may be.
 *
 * @param child the limits of each
 * @param isShared whether all clients share one process, which then cannot ask them anything
 * @param processesMax at once, at least 1
 * @param processesPerPrincipal of one principal at once, at least 1
 * @param sessionsMax sessions at once where they share a process, at least 1
 * @param idle how long a process, or a session, may be without use before it is ended
 */
public record ChildrenOptions(
    ChildOptions child,
    boolean isShared,
    int processesMax,
    int processesPerPrincipal,
    int sessionsMax,
    Duration idle) {
  /** Not shared; 64 processes, 8 of one principal; 10,000 sessions; 10 minutes. */
  public static final ChildrenOptions DEFAULT =
      new ChildrenOptions(ChildOptions.DEFAULT, false, 64, 8, 10_000, Duration.ofMinutes(10));
}
