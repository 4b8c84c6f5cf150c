package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Issues the tokens that clients of a benchmark show: RS256, about as long as those in use. */
final class BenchIssuer {
  private static final String ISSUER = "https://login.bench.example";
  private static final String AUDIENCE = "https://mcp.bench.example";
  private static final String KEY = "bench";
  private static final int KEY_BITS = 2_048;
  private static final long LIFE_SECONDS = 86_400;

  private final KeyPair keys;

  BenchIssuer() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** What a governor's configuration says to know its callers, under identity. */
  String identity(Path directory) throws IOException {
    Path file = directory.resolve("issuer-keys.json");
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    Map<String, Object> jwk =
        Map.of(
            "kty",
            "RSA",
            "kid",
            KEY,
            "use",
            "sig",
            "n",
            base64(unsigned(key.getModulus())),
            "e",
            base64(unsigned(key.getPublicExponent())));
    Files.write(file, Json.of(Map.of("keys", List.of(jwk))).utf8());
    return "jwt: { issuer: \""
        + ISSUER
        + "\", audience: \""
        + AUDIENCE
        + "\", jwks: "
        + file
        + " }";
  }

  /** The header that a client shows. */
  String header(String user) {
    String head = part(Map.of("alg", "RS256", "typ", "at+jwt", "kid", KEY));
    long now = Instant.now().getEpochSecond();
    String claims =
        part(
            Map.of(
                "iss",
                ISSUER,
                "aud",
                AUDIENCE,
                "sub",
                user,
                "iat",
                now,
                "exp",
                now + LIFE_SECONDS,
                "tid",
                "acme",
                "roles",
                List.of("support", "reader"),
                "scope",
                "openid profile email mcp:tools",
                "azp",
                "governor-bench",
                "email",
                "bench@mcp.bench.example"));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
      return "Authorization: Bearer "
          + head
          + "."
          + claims
          + "."
          + base64(signature.sign())
          + "\r\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java signs with RSA", e);
    }
  }

  private static String part(Map<String, ?> members) {
    return base64(Json.of(members).utf8());
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
