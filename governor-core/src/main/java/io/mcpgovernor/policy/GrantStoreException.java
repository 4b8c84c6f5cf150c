package io.mcpgovernor.policy;

/**
 * A store of grants that cannot be read or written. The message says what is the matter and what to
 * do, for an administrator.
 */
public final class GrantStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for an administrator. */
  public GrantStoreException(String message) {
    super(message);
  }

  /** With a message for an administrator, and what went wrong beneath. */
  public GrantStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
