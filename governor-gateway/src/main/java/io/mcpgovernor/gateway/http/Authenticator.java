package io.mcpgovernor.gateway.http;

import io.mcpgovernor.call.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says who a request is from. Asked on the request's own thread, and may block. Thread-safe. */
@FunctionalInterface
public interface Authenticator {
  /** What a request shows of its sender. */
  interface Credentials {
    /** All values of a header, in their order; empty without. */
    List<String> header(String name);

    /** Its certificate and those that vouch for it, as TLS has verified; empty without. */
    default List<X509Certificate> certificates() {
      return List.of();
    }
  }

  /** Who it is, or why not. */
  sealed interface Verdict {}

  /** Somebody. */
  record Accepted(Principal principal) implements Verdict {}

  /**
   * Nobody.
   *
   * @param status 401, 403 for somebody who may not, 400 for what can mean two, or 503 if nobody
   *     can say now
   * @param challenge the header {@code WWW-Authenticate}; empty for none
   * @param retrySeconds after how long it may be another; 0 if not by waiting
   * @param reason a sentence for the person who sets up the client; nothing of the credentials
   */
  record Refused(int status, String challenge, int retrySeconds, String reason) implements Verdict {
    /** Where waiting does not help. */
    public Refused(int status, String challenge, String reason) {
      this(status, challenge, 0, reason);
    }
  }

  /** Says who it is. */
  Verdict authenticate(Credentials credentials);

  /**
   * Refuses what can be refused by its looks, before the request's body is read; null for what has
   * to be looked at. Asked on an event loop: must not block, nor work.
   */
  default @Nullable Refused refusedAtSight(Credentials credentials) {
    return null;
  }

  /** Everybody who can reach the gateway is this principal. */
  static Authenticator everyone(Principal principal) {
    Verdict accepted = new Accepted(principal);
    return credentials -> accepted;
  }

  /** Nobody is let in. */
  static Authenticator nobody() {
    Refused refused =
        new Refused(
            401,
            "Bearer",
            "The gateway has not been told how to know its callers; its administrator sets that up"
                + " under identity.");
    return new Authenticator() {
      @Override
      public Verdict authenticate(Credentials credentials) {
        return refused;
      }

      @Override
      public Refused refusedAtSight(Credentials credentials) {
        return refused;
      }
    };
  }
}
