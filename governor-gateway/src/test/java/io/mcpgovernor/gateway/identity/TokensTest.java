package io.mcpgovernor.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import io.mcpgovernor.gateway.http.Authenticator.Refused;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TokensTest {
  private final TestClock clock = new TestClock();
  private TestIssuer issuer;
  private Tokens tokens;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestIssuer(clock);
    start(Set.of());
  }

  private void start(Set<String> requiredScope) {
    JwtConfig config =
        new JwtConfig(
            URI.create(issuer.issuer()),
            Set.of(TestIssuer.AUDIENCE, "second"),
            "/sub",
            List.of("/tid", "/org_id", "/org/names"),
            List.of("/roles", "/realm_access/roles"),
            null,
            Duration.ofSeconds(60),
            requiredScope);
    tokens = new Tokens(config, new KeyWebSource(config.issuer(), null), clock);
  }

  @AfterEach
  void end() {
    tokens.close();
    issuer.close();
  }

  private Principal accepted(String token) {
    assertThat(tokens.verdict(token)).isInstanceOf(Accepted.class);
    return ((Accepted) tokens.verdict(token)).principal();
  }

  private Refused refused(String token) {
    assertThat(tokens.verdict(token)).isInstanceOf(Refused.class);
    Refused refused = (Refused) tokens.verdict(token);
    assertThat(refused.challenge()).doesNotContain(token);
    return refused;
  }

  private void assertInvalid(String token, String why) {
    Refused refused = refused(token);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.reason()).contains(why);
    assertThat(refused.challenge()).startsWith("Bearer error=\"invalid_token\", error_desc");
  }

  private static String unsigned(String header, Map<String, Object> claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(header.getBytes(UTF_8))
        + "."
        + base64.encodeToString(TestIssuer.text(claims).getBytes(UTF_8));
  }

  @Test
  void aTokenOfTheIssuerSaysWhoCalls() {
    Principal alice =
        accepted(issuer.token("tid", "acme", "roles", List.of("support", "admin"), "plan", "gold"));

    assertThat(alice.issuer()).isEqualTo(issuer.issuer());
    assertThat(alice.subject()).isEqualTo("alice");
    assertThat(alice.tenants()).containsExactly("acme");
    assertThat(alice.roles()).containsExactlyInAnyOrder("support", "admin");
    assertThat(alice.source()).isEqualTo(Principal.Source.VERIFIED);
    assertThat(alice.claims()).containsEntry("plan", "gold");
  }

  @Test
  void everyAlgorithmWithAPrivateKeyCounts() throws Exception {
    ECKey p256 = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();
    ECKey p384 = new ECKeyGenerator(Curve.P_384).keyID("p384").generate();
    ECKey p521 = new ECKeyGenerator(Curve.P_521).keyID("p521").generate();
    issuer.publish(TestIssuer.KEY, p256, p384, p521);

    for (String name : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
      accepted(TestIssuer.signed(TestIssuer.KEY, JWSAlgorithm.parse(name), issuer.claims()));
    }
    accepted(TestIssuer.signed(p256, JWSAlgorithm.ES256, issuer.claims()));
    accepted(TestIssuer.signed(p384, JWSAlgorithm.ES384, issuer.claims()));
    accepted(TestIssuer.signed(p521, JWSAlgorithm.ES512, issuer.claims()));
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    Map<String, Object> claims = issuer.claims();

    assertInvalid(unsigned("{\"alg\":\"none\"}", claims) + ".", "not signed in a way");
    assertInvalid(unsigned("{\"alg\":\"None\"}", claims) + ".", "not signed in a way");
    assertInvalid(unsigned("{\"alg\":\"none\",\"kid\":\"first\"}", claims) + ".AAAA", "not signed");
    assertInvalid(unsigned("{}", claims) + ".AAAA", "not signed in a way");
    assertInvalid(unsigned("{\"alg\":\"RS256\",\"kid\":\"first\"}", claims) + ".", "signature");
  }

  @Test
  void thePublicKeyIsNoSharedSecret() throws Exception {
    byte[] der = TestIssuer.KEY.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret :
        List.of(
            der, pem.getBytes(UTF_8), TestIssuer.KEY.toPublicJWK().toString().getBytes(UTF_8))) {
      OctetSequenceKey key = new OctetSequenceKey.Builder(secret).keyID("first").build();

      assertInvalid(
          TestIssuer.signed(key, JWSAlgorithm.HS256, issuer.claims()), "not signed in a way");
    }
  }

  @Test
  void aSharedSecretAmongTheIssuersKeysCountsForNothing() {
    OctetSequenceKey secret = new OctetSequenceKey.Builder(new byte[32]).keyID("secret").build();
    issuer.publish(TestIssuer.KEY, secret);

    assertInvalid(
        TestIssuer.signed(secret, JWSAlgorithm.HS256, issuer.claims()), "not signed in a way");
  }

  @Test
  void keysThatATokenBringsAlongCountForNothing() {
    RSAKey own = TestIssuer.rsa("first");
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("first")
            .jwk(own.toPublicJWK())
            .jwkURL(URI.create(issuer.at("/own-keys")))
            .build();
    issuer.json("/own-keys", TestIssuer.set(own));

    assertInvalid(
        TestIssuer.signed(own, header, TestIssuer.text(issuer.claims())), "is not the issuer's");
  }

  @Test
  void aTokenThatWasChangedIsRefused() {
    String token = issuer.token();
    String[] parts = token.split("\\.");
    Map<String, Object> claims = issuer.claims("sub", "mallory");
    String changed = unsigned("{\"alg\":\"RS256\",\"kid\":\"first\"}", claims) + "." + parts[2];

    assertInvalid(changed, "is not the issuer's");
    assertInvalid(parts[0] + "." + parts[1], "no signed JSON Web Token");
    assertInvalid(token + ".x", "no signed JSON Web Token");
    assertInvalid("..", "no signed JSON Web Token");
  }

  @Test
  void aTokenInWhichAnyCharacterIsAnotherIsRefused() {
    String token = issuer.token();
    accepted(token);
    // The last one has bits that mean nothing.
    for (int at = 0; at < token.length() - 1; at += 3) {
      char other = token.charAt(at) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, at) + other + token.substring(at + 1);

      assertThat(refused(changed).status()).as("at " + at).isEqualTo(401);
    }
  }

  @Test
  void whatATokenWantsToBeUnderstoodIsNotIgnored() {
    String header = "{\"alg\":\"RS256\",\"kid\":\"first\",";

    assertInvalid(unsigned(header + "\"crit\":[\"x\"],\"x\":1}", Map.of()) + ".A", "unknown here");
    assertInvalid(unsigned(header + "\"alg\":\"none\"}", Map.of()) + ".A", "name a thing twice");
    assertInvalid(unsigned(header + "\"typ\":\"dpop+jwt\"}", Map.of()) + ".A", "another type");
    assertInvalid(unsigned(header + "\"typ\":7}", Map.of()) + ".A", "another type");
    JWSHeader access =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("first")
            .type(new JOSEObjectType("at+jwt"))
            .build();
    accepted(TestIssuer.signed(TestIssuer.KEY, access, TestIssuer.text(issuer.claims())));
  }

  @Test
  void claimsThatSayAThingTwiceAreRefused() {
    String claims = TestIssuer.text(issuer.claims());
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build();

    assertInvalid(
        TestIssuer.signed(TestIssuer.KEY, header, "{\"sub\":\"mallory\"," + claims.substring(1)),
        "name a thing twice");
    assertInvalid(TestIssuer.signed(TestIssuer.KEY, header, "[]"), "not JSON");
  }

  @Test
  void anotherIssuersOrAudiencesTokenIsRefused() {
    assertInvalid(issuer.token("iss", issuer.issuer() + "/"), "of another issuer");
    assertInvalid(issuer.token("iss", null), "of another issuer");
    assertInvalid(issuer.token("iss", List.of(issuer.issuer())), "of another issuer");
    assertInvalid(issuer.token("aud", "https://other.example"), "audience is not this gateway");
    assertInvalid(issuer.token("aud", null), "audience is not this gateway");
    assertInvalid(issuer.token("aud", List.of()), "audience is not this gateway");
    accepted(issuer.token("aud", List.of("https://other.example", "second")));
  }

  @Test
  void aTokenCountsFromItsBeginningToItsEndButForTheClocks() {
    long now = clock.now().getEpochSecond();

    assertInvalid(issuer.token("exp", now - 61), "has expired");
    accepted(issuer.token("exp", now - 55));
    assertInvalid(issuer.token("exp", null), "does not say when");
    assertInvalid(issuer.token("exp", "tomorrow"), "does not say when");
    assertInvalid(issuer.token("exp", new java.math.BigDecimal("1e400")), "does not say when");
    assertInvalid(issuer.token("nbf", now + 70), "not valid yet");
    assertInvalid(issuer.token("nbf", "soon"), "not valid yet");
    accepted(issuer.token("nbf", now + 55));
    accepted(issuer.token("exp", now + 100.5));
  }

  @Test
  void aTokenThatIsKnownIsRefusedWhenItHasExpired() {
    String token = issuer.token("exp", clock.now().getEpochSecond() + 30);
    accepted(token);

    clock.turn(Duration.ofSeconds(89));
    accepted(token);
    clock.turn(Duration.ofSeconds(2));
    assertInvalid(token, "has expired");
  }

  @Test
  void aTokenThatIsKnownIsLookedAtAgainAfterAMinute() throws Exception {
    String token = issuer.token();
    accepted(token);
    issuer.publish(TestIssuer.rsa("first"));

    clock.turn(Duration.ofSeconds(61)); // its key is still the issuer's, as far as is known here
    accepted(token);
    // Another token makes it look again, and what was signed with the old key counts no more.
    assertInvalid(
        TestIssuer.signed(TestIssuer.rsa("second"), JWSAlgorithm.RS256, issuer.claims()),
        "does not have");
    assertInvalid(token, "is not the issuer's");
  }

  @Test
  void theFirstPointerThatLeadsSomewhereSaysWhichTenantsThereAre() {
    assertThat(accepted(issuer.token("org_id", "acme")).tenants()).containsExactly("acme");
    assertThat(accepted(issuer.token("tid", List.of("acme", "beta"))).tenants())
        .containsExactlyInAnyOrder("acme", "beta");
    assertThat(accepted(issuer.token("org", Map.of("names", List.of("acme")))).tenants())
        .containsExactly("acme");
    assertThat(accepted(issuer.token("tid", "acme", "org_id", "acme")).tenants())
        .containsExactly("acme");
    assertThat(accepted(issuer.token("tid", List.of("acme", "beta"), "org_id", "beta")).tenants())
        .containsExactlyInAnyOrder("acme", "beta");
    assertThat(accepted(issuer.token()).tenants()).isEmpty();
  }

  @Test
  void aTokenThatNamesDifferentTenantsIsRefused() {
    assertInvalid(
        issuer.token("tid", "acme", "org_id", "beta"), "different tenants at /tid and /org_id");
    assertInvalid(
        issuer.token("tid", List.of(), "org_id", "beta"), "different tenants at /tid and /org_id");
    assertInvalid(
        issuer.token("org_id", "acme", "org", Map.of("names", List.of("acme", "beta"))),
        "different tenants at /org_id and /org/names");
  }

  @Test
  void tenantsAndRolesThatAreNoTextsAreRefused() {
    for (String claim : List.of("tid", "roles")) {
      for (Object value :
          List.of(7, true, " ", "a\nb", "x".repeat(513), Map.of("acme", 1), List.of("acme", 7))) {
        assertInvalid(issuer.token(claim, value), "The token's /" + claim + " has to be a text");
      }
    }
    assertInvalid(
        issuer.token("roles", IntStream.range(0, 501).mapToObj(i -> "r" + i).toList()), "500");
    assertThat(accepted(issuer.token("realm_access", Map.of("roles", "support"))).roles())
        .containsExactly("support");
  }

  @Test
  void aTokenSaysWhoTheUserIs() {
    for (Object value :
        Arrays.asList(null, "", " ", 7, List.of("alice"), "x".repeat(513), "a\u0000")) {
      assertInvalid(issuer.token("sub", value), "does not say who the user is: /sub");
    }
  }

  @Test
  void tooManyClaimsAreRefused() {
    Map<String, Object> many = new HashMap<>();
    IntStream.range(0, 1_001).forEach(i -> many.put("c" + i, i));

    assertInvalid(issuer.token("extra", many), "too many claims");
    Object deep = 1;
    for (int i = 0; i < 9; i++) {
      deep = Map.of("d", deep);
    }
    assertInvalid(issuer.token("extra", deep), "nested too deep");
  }

  @Test
  void aTokenWithoutTheScopesIsToldWhichToAskFor() {
    tokens.close();
    start(Set.of("mcp:tools"));

    Refused refused = refused(issuer.token("scope", "openid mcp:tools:read"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.challenge())
        .startsWith("Bearer error=\"insufficient_scope\"")
        .endsWith("scope=\"mcp:tools\"");
    assertThat(refused(issuer.token()).status()).isEqualTo(403);
    accepted(issuer.token("scope", "openid mcp:tools"));
    accepted(issuer.token("scp", List.of("mcp:tools")));
    accepted(issuer.token("scp", "mcp:tools openid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"enc", "weak", "other alg", "no verify"})
  void keysThatAreForOthersDoNotVerify(String how) throws Exception {
    JWK key =
        switch (how) {
          case "enc" ->
              new RSAKey.Builder(TestIssuer.rsa("k"))
                  .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
                  .build();
          case "weak" ->
              new com.nimbusds.jose.jwk.gen.RSAKeyGenerator(1_024, true).keyID("k").generate();
          case "other alg" ->
              new RSAKey.Builder(TestIssuer.rsa("k")).algorithm(JWSAlgorithm.PS512).build();
          default ->
              new RSAKey.Builder(TestIssuer.rsa("k"))
                  .keyOperations(Set.of(com.nimbusds.jose.jwk.KeyOperation.ENCRYPT))
                  .build();
        };
    issuer.publish(TestIssuer.KEY, key);
    java.security.Signature signature = java.security.Signature.getInstance("SHA256withRSA");
    signature.initSign(((RSAKey) key).toRSAPrivateKey());
    String head = unsigned("{\"alg\":\"RS256\",\"kid\":\"k\"}", issuer.claims());
    signature.update(head.getBytes(UTF_8));
    String token =
        head + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());

    assertInvalid(token, "a key that the issuer does not have");
  }
}
