package io.mcpgovernor.gateway.catalogue;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The file of pins cannot be read or written. Its message names the file, what is wrong and what to
 * do.
 */
public final class PinException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A reason. */
  PinException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
