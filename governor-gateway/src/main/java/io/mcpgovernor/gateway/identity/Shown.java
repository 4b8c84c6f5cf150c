package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.gateway.http.Authenticator.Credentials;
import io.mcpgovernor.gateway.http.Authenticator.Refused;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a request shows of its sender, by its looks: exactly one thing. A request that shows two is
 * refused, because somebody else could go by the other. What stands in its address is not looked
 * at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
sealed interface Shown {
  /** More is not even hashed. */
  int CHARS_MAX = 16 << 10;

  /** A token of an issuer. */
  record Token(String text) implements Shown {}

  /** One of the gateway's keys. */
  record Key(String text) implements Shown {}

  /** A certificate, and those that vouch for it. */
  record Certificates(List<X509Certificate> chain) implements Shown {}

  /** What will not be looked at. */
  record Unacceptable(Refused refused) implements Shown {}

  /**
   * What there is.
   *
   * @param withCertificates whether certificates say who somebody is
   */
  static Shown by(Credentials credentials, boolean withCertificates) {
    List<String> authorization = credentials.header("authorization");
    List<String> key = credentials.header("x-api-key");
    List<X509Certificate> chain = withCertificates ? credentials.certificates() : List.of();
    int things = authorization.size() + key.size() + (chain.isEmpty() ? 0 : 1);
    if (things == 0) {
      return new Unacceptable(
          Challenges.nothingShown(
              "The request does not show who sends it; a token goes into the header"
                  + " Authorization, after Bearer."));
    }
    if (things > 1) {
      return new Unacceptable(
          Challenges.ambiguous(
              "The request shows more than one thing that says who sends it; it has to be one of"
                  + " Authorization, X-API-Key and a client certificate, once."));
    }
    if (!chain.isEmpty()) {
      return new Certificates(chain);
    }
    return key.isEmpty() ? bearer(authorization.getFirst()) : key(key.getFirst().strip());
  }

  private static Shown bearer(String value) {
    int blank = value.indexOf(' ');
    if (blank < 0 || !value.substring(0, blank).equalsIgnoreCase("Bearer")) {
      return new Unacceptable(
          Challenges.invalid("Authorization has to be Bearer, a blank and the token."));
    }
    String text = value.substring(blank + 1).strip();
    if (text.startsWith(ApiKey.PREFIX)) {
      return key(text);
    }
    if (text.length() > CHARS_MAX) {
      return new Unacceptable(
          Challenges.invalid("The token has more than " + CHARS_MAX + " characters."));
    }
    return isToken(text)
        ? new Token(text)
        : new Unacceptable(Challenges.invalid("The token is no signed JSON Web Token."));
  }

  private static Shown key(String text) {
    return ApiKey.isWellFormed(text)
        ? new Key(text)
        : new Unacceptable(
            Challenges.invalid("The API key is no key of a gateway; a part may be missing."));
  }

  /** Base64url and dots: whatever decoders let pass besides would make one token many. */
  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_'
          || c == '.')) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
