package io.mcpgovernor.cli.pii;

import java.io.IOException;

/** Nobody reads the output any more, as after {@code governor mask | head}. */
public final class BrokenPipe extends IOException {
  /** What a shell reports for a filter that was ended by SIGPIPE. */
  public static final int EXIT_CODE = 141;

  private static final long serialVersionUID = 1L;

  BrokenPipe(IOException cause) {
    super(cause);
  }
}
