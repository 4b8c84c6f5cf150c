package io.mcpgovernor.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what tokens claim that an issuer has signed: JSON Web Tokens in compact form, signed with a
 * private key. Keys and addresses that a token itself names count for nothing. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725: best current practices</a>
 */
final class SignedTokens {
  private static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private final IssuerKeys keys;

  SignedTokens(IssuerKeys keys) {
    this.keys = keys;
  }

  /**
   * What a token claims.
   *
   * @throws RefusedException if the issuer has not signed it, or nobody can tell now
   */
  Map<String, @Nullable Object> claims(String token) throws RefusedException {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      throw Challenges.invalidToken("The token is no signed JSON Web Token.");
    }
    Base64URL head = new Base64URL(token.substring(0, first));
    JWSHeader header = header(head);
    byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    Base64URL signature = new Base64URL(token.substring(second + 1));
    List<IssuerKey> candidates = keys.find(header.getKeyID(), header.getAlgorithm());
    if (candidates.isEmpty()) {
      throw Challenges.invalidToken(
          "The token is signed with a key that the issuer does not have.");
    }
    if (candidates.stream().noneMatch(key -> isSigned(key, header, signed, signature))) {
      throw Challenges.invalidToken("The token's signature is not the issuer's.");
    }
    return object(new Base64URL(token.substring(first + 1, second)));
  }

  private static JWSHeader header(Base64URL head) throws RefusedException {
    Map<String, @Nullable Object> members = object(head);
    if (!(members.get("alg") instanceof String algorithm) || !ALGORITHMS.contains(algorithm)) {
      throw Challenges.invalidToken(
          "The token is not signed in a way that the gateway takes: RS256, PS256, ES256 or"
              + " stronger.");
    }
    if (members.containsKey("crit")) {
      throw Challenges.invalidToken("The token wants to be understood in ways unknown here.");
    }
    Object type = members.get("typ");
    if (type != null
        && !(type instanceof String text && TYPES.contains(text.toLowerCase(Locale.ROOT)))) {
      throw Challenges.invalidToken("The token is of another type: it has to be an access token.");
    }
    try {
      Object kid = members.get("kid");
      JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm));
      if (kid instanceof String id) {
        header.keyID(id);
      } else if (kid != null) {
        throw new ParseException("kid", 0);
      }
      return header.parsedBase64URL(head).build();
    } catch (ParseException | IllegalArgumentException e) {
      throw Challenges.invalidToken("The token's header cannot be read.");
    }
  }

  private static boolean isSigned(
      IssuerKey key, JWSHeader header, byte[] signed, Base64URL signature) {
    try {
      return key.verifier().verify(header, signed, signature);
    } catch (JOSEException e) {
      return false; // as if it were another's
    }
  }

  private static Map<String, @Nullable Object> object(Base64URL part) throws RefusedException {
    try {
      return Json.utf8(part.decode()).object();
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw Challenges.invalidToken(
          "The token has parts that are not JSON, or name a thing twice.");
    }
  }
}
