package io.mcpgovernor.audit;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Another process, or another log of this one, writes the audit log of a directory. */
public final class LogInUseException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  LogInUseException(Path directory) {
    super(
        "another process, or another log of this one, writes the audit log in "
            + directory
            + "; give each a directory of its own");
  }
}
