package io.mcpgovernor.mcp;

import io.modelcontextprotocol.client.McpSyncClient;
import java.util.List;
import java.util.Map;

/** A running server of some shape, and what a test asks of it. Used by one thread. */
interface Wire extends AutoCloseable {
  /** The one client of a user; an empty name is nobody. */
  McpSyncClient client(String user);

  /** The audit records of the log that has this user's calls, newest first. */
  List<Map<String, Object>> records(String user);

  @Override
  void close();
}
