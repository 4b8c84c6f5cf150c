package io.mcpgovernor.verify;

import java.io.IOException;

/** A log, key or checkpoint cannot be read, so nothing can be said about it. */
public final class UnreadableLogException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what cannot be read and why.
   *
   * @param message one sentence for the person who must act
   */
  public UnreadableLogException(String message) {
    super(message);
  }
}
