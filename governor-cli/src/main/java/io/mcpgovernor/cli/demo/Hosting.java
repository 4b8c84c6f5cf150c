package io.mcpgovernor.cli.demo;

import io.mcpgovernor.audit.AuditOptions;
import io.modelcontextprotocol.client.McpSyncClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where the governed server of the story runs, and how callers and administrators reach it. */
interface Hosting extends AutoCloseable {
  /** Checkpoints close together, so that a short story has some. */
  AuditOptions AUDIT = AuditOptions.builder().checkpoints(3, Duration.ofSeconds(10)).build();

  /** Starts hosting. Audit logs go below the directory. */
  static Hosting start(Transport transport, Path auditDirectory) {
    return switch (transport) {
      case HTTP -> OverHttp.start(auditDirectory);
      case STDIO -> OverStdio.start(auditDirectory);
    };
  }

  /** Connects a caller. Whoever asks closes the client. */
  McpSyncClient connect(Caller caller);

  /** How many calls of one client may be under way at once. */
  int callsAtOnce();

  /** Changes what a caller may do; it counts from their next call on. */
  void administer(GrantChange change);

  /** Where the audit logs are, each with a writer of its own. */
  List<Path> auditDirectories();

  @Override
  void close();
}
