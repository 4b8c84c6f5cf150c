package io.mcpgovernor.cli.gateway;

import java.io.Serial;

/** The command line and the configuration file together name no server to run. */
final class WrongServerException extends RuntimeException {
  /** Wrong usage. */
  static final int EXIT_CODE = 2;

  @Serial private static final long serialVersionUID = 1L;

  WrongServerException(String message) {
    super(message);
  }
}
