package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.gateway.http.Authenticator.Refused;

/** Why somebody is not let in. Says nothing of what was shown. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Refused refused;

  RefusedException(Refused refused) {
    super(refused.reason(), null, false, false); // nobody looks where it was thrown
    this.refused = refused;
  }

  Refused refused() {
    return refused;
  }
}
