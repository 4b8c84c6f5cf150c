package io.mcpgovernor.cli.pii;

import java.io.IOException;

/** Input that cannot be masked as asked for. The message never quotes the input. */
final class RefusedInput extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedInput(String message) {
    super(message);
  }
}
