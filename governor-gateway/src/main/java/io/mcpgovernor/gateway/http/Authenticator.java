package io.mcpgovernor.gateway.http;

import io.mcpgovernor.call.Principal;
import java.util.List;

/** Says who a request is from. Asked on the request's own thread, and may block. Thread-safe. */
@FunctionalInterface
public interface Authenticator {
  /** What a request shows of its sender. */
  interface Credentials {
    /** All values of a header, in their order; empty without. */
    List<String> header(String name);
  }

  /** Who it is, or why not. */
  sealed interface Verdict {}

  /** Somebody. */
  record Accepted(Principal principal) implements Verdict {}

  /**
   * Nobody.
   *
   * @param status 401, or 403 for somebody who may not
   * @param challenge the header {@code WWW-Authenticate}; empty for none
   * @param reason a sentence for the person who sets up the client; nothing of the credentials
   */
  record Refused(int status, String challenge, String reason) implements Verdict {}

  /** Says who it is. */
  Verdict authenticate(Credentials credentials);

  /** Everybody who can reach the gateway is this principal. */
  static Authenticator everyone(Principal principal) {
    Verdict accepted = new Accepted(principal);
    return credentials -> accepted;
  }

  /** Nobody is let in. */
  static Authenticator nobody() {
    Verdict refused =
        new Refused(
            401,
            "Bearer",
            "The gateway has not been told how to know its callers; its administrator sets that up"
                + " under identity.");
    return credentials -> refused;
  }
}
