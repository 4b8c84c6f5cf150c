package io.mcpgovernor.cli.audit;

import java.io.IOException;

/** What was asked for cannot be read. The message is for the person who asked. */
final class RefusedLog extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedLog(String message) {
    super(message);
  }
}
