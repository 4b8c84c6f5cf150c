package io.mcpgovernor.gateway.identity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The file of API keys cannot be read or written. Its message names the file, what is wrong and
 * what to do.
 */
public final class KeyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A reason. */
  KeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
