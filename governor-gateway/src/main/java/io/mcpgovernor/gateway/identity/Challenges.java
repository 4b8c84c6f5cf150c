package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.gateway.http.Authenticator.Refused;
import java.util.Collection;

/**
 * What callers are told who are not let in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
 */
final class Challenges {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;
  private static final int RETRY_SECONDS = 5;

  private Challenges() {}

  /** They showed nothing. */
  static Refused nothingShown(String reason) {
    return new Refused(UNAUTHORIZED, "Bearer", reason);
  }

  /** They showed what can mean two. */
  static Refused ambiguous(String reason) {
    return new Refused(BAD_REQUEST, error("invalid_request", reason), reason);
  }

  /** What they showed does not count. */
  static Refused invalid(String reason) {
    return new Refused(UNAUTHORIZED, error("invalid_token", reason), reason);
  }

  static RefusedException invalidToken(String reason) {
    return new RefusedException(invalid(reason));
  }

  /** What they showed counts, but not for this. */
  static RefusedException insufficientScope(Collection<String> scopes, String reason) {
    String scope = ", scope=\"" + String.join(" ", scopes) + "\"";
    return new RefusedException(
        new Refused(FORBIDDEN, error("insufficient_scope", reason) + scope, reason));
  }

  /** Nobody can say now whether it counts. */
  static RefusedException unavailable(String reason) {
    return new RefusedException(new Refused(UNAVAILABLE, "", RETRY_SECONDS, reason));
  }

  private static String error(String code, String reason) {
    StringBuilder description = new StringBuilder();
    for (int i = 0; i < reason.length(); i++) {
      char c = reason.charAt(i);
      boolean isAllowed = c >= ' ' && c <= '~' && c != '"' && c != '\\';
      description.append(isAllowed ? c : '\'');
    }
    return "Bearer error=\"" + code + "\", error_description=\"" + description + "\"";
  }
}
