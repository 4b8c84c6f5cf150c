package io.mcpgovernor.cli.gateway;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** Standard output for MCP and nothing else: one stray line there is a client that gives up. */
final class OwnStdout {
  private OwnStdout() {}

  /** Takes it away from everybody: whatever prints from now on prints to standard error. */
  static OutputStream take() {
    System.setOut(System.err);
    return new FileOutputStream(FileDescriptor.out);
  }
}
