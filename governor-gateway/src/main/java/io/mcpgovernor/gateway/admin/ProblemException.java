package io.mcpgovernor.gateway.admin;

import java.io.Serial;

/** A request that is not done, with the sentence that its sender gets. */
final class ProblemException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  ProblemException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  Reply reply() {
    return Reply.problem(status, String.valueOf(getMessage()));
  }
}
