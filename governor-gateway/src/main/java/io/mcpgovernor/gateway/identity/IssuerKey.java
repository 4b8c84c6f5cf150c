package io.mcpgovernor.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key of an issuer's that verifies signatures.
 *
 * @param id its {@code kid}; null without
 * @param algorithms for which it may be used; never one with a shared secret
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>
 */
record IssuerKey(@Nullable String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
  /** So that a token that names no key cannot make us try for long. */
  static final int KEYS_MAX = 64;

  private static final int RSA_BITS_MIN = 2_048;
  private static final Set<JWSAlgorithm> RSA =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);
  private static final Map<Curve, JWSAlgorithm> ELLIPTIC =
      Map.of(
          Curve.P_256, JWSAlgorithm.ES256,
          Curve.P_384, JWSAlgorithm.ES384,
          Curve.P_521, JWSAlgorithm.ES512);

  /**
   * Those of a JSON Web Key Set that are for verifying signatures.
   *
   * @throws IOException if it is none, or has no such key
   */
  static List<IssuerKey> of(Json set) throws IOException {
    Object keys;
    try {
      keys = set.object().get("keys");
    } catch (MalformedJsonException e) {
      throw new IOException("it is not JSON, or has a key twice", e);
    }
    if (!(keys instanceof List<?> list)) {
      throw new IOException("it is not a JSON Web Key Set");
    }
    List<IssuerKey> usable = new ArrayList<>();
    for (Object key : list) {
      IssuerKey one = key instanceof Map<?, ?> members ? of(members) : null;
      if (one != null) {
        usable.add(one);
      }
    }
    if (usable.isEmpty()) {
      throw new IOException(
          "it has no RSA key of at least "
              + RSA_BITS_MIN
              + " bits, and no key on a curve P-256, P-384 or P-521, that verifies signatures");
    }
    if (usable.size() > KEYS_MAX) {
      throw new IOException("it has more than " + KEYS_MAX + " keys");
    }
    return List.copyOf(usable);
  }

  /**
   * Null for one that is not for this, or that nobody understands: the others count all the same.
   */
  private static @Nullable IssuerKey of(Map<?, ?> members) {
    Map<String, Object> named = new HashMap<>();
    members.forEach((name, value) -> named.put(String.valueOf(name), value));
    named.remove("x5c"); // not needed, and long
    try {
      JWK key = JWK.parse(named);
      boolean isForOthers =
          (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE))
              || (key.getKeyOperations() != null
                  && !key.getKeyOperations().contains(KeyOperation.VERIFY));
      if (isForOthers) {
        return null;
      }
      if (key instanceof RSAKey rsa && rsa.size() >= RSA_BITS_MIN) {
        return of(key, RSA, new RSASSAVerifier(rsa.toRSAPublicKey()));
      }
      JWSAlgorithm elliptic = key instanceof ECKey ec ? ELLIPTIC.get(ec.getCurve()) : null;
      return elliptic == null
          ? null
          : of(key, Set.of(elliptic), new ECDSAVerifier(key.toECKey().toECPublicKey()));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable IssuerKey of(JWK key, Set<JWSAlgorithm> possible, JWSVerifier verifier) {
    if (key.getAlgorithm() == null) {
      return new IssuerKey(key.getKeyID(), possible, verifier);
    }
    JWSAlgorithm only = JWSAlgorithm.parse(key.getAlgorithm().getName());
    return possible.contains(only) ? new IssuerKey(key.getKeyID(), Set.of(only), verifier) : null;
  }

  /** Whether a token may be signed with it. */
  boolean fits(@Nullable String kid, JWSAlgorithm algorithm) {
    return (kid == null || kid.equals(id)) && algorithms.contains(algorithm);
  }
}
