package io.mcpgovernor.cli.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which records. */
final class FilterOptions {
  @Option(names = "--user", paramLabel = "USER", description = "Records of this user_id.")
  private @Nullable String user;

  @Option(names = "--tenant", paramLabel = "TENANT", description = "Records of this tenant_id.")
  private @Nullable String tenant;

  @Option(
      names = "--tool",
      paramLabel = "GLOB",
      description = "Of tools so named; * is any characters, ? is one.")
  private @Nullable String tool;

  @Option(names = "--status", paramLabel = "STATUS", description = "pending, success or error.")
  private @Nullable Status status;

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      description = "attempt, outcome, denied, admin, recovered or checkpoint.")
  private @Nullable Event event;

  @Option(
      names = "--policy",
      paramLabel = "CODE",
      description = "With this code of a denial or failure, such as rate_limit.")
  private @Nullable String policy;

  @Option(names = "--call", paramLabel = "ID", description = "Of the call with this call_id.")
  private @Nullable String call;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Not older: 90s, 15m, 2h or 7d ago, or a time such as 2026-11-28T09:00:00Z.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Older than this; written in the same ways.")
  private @Nullable Instant until;

  private enum Status {
    PENDING,
    SUCCESS,
    ERROR
  }

  private enum Event {
    ATTEMPT,
    OUTCOME,
    DENIED,
    ADMIN,
    RECOVERED,
    CHECKPOINT
  }

  EntryFilter filter() {
    return new EntryFilter(
        user,
        tenant,
        tool,
        status == null ? null : Moment.lower(status.name()),
        event == null ? null : Moment.lower(event.name()),
        policy,
        call,
        since == null ? Long.MIN_VALUE : Moment.micros(since),
        until == null ? Long.MAX_VALUE : Moment.micros(until),
        null);
  }
}
