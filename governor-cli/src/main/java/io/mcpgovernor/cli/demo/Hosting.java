package io.mcpgovernor.cli.demo;

import io.modelcontextprotocol.client.McpSyncClient;
import java.nio.file.Path;
import java.util.List;

/** Where the governed server of the story runs, and how callers and administrators reach it. */
interface Hosting extends AutoCloseable {
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
