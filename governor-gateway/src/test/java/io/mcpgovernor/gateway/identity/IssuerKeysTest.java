package io.mcpgovernor.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import io.mcpgovernor.gateway.http.Authenticator.Refused;
import io.mcpgovernor.gateway.http.Authenticator.Verdict;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class IssuerKeysTest {
  private final TestClock clock = new TestClock();
  private TestIssuer issuer;
  private @Nullable Tokens tokens;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestIssuer(clock);
  }

  @AfterEach
  void end() {
    endTokens();
    issuer.close();
  }

  private void endTokens() {
    if (tokens != null) {
      tokens.close();
      tokens = null;
    }
  }

  private JwtConfig config() {
    return new JwtConfig(
        URI.create(issuer.issuer()),
        Set.of(TestIssuer.AUDIENCE),
        "/sub",
        List.of(),
        List.of(),
        null,
        Duration.ofSeconds(60),
        Set.of());
  }

  private Tokens from(KeySource source) {
    tokens = new Tokens(config(), source, clock);
    return tokens;
  }

  private Tokens fromWeb() {
    return from(new KeyWebSource(URI.create(issuer.issuer()), URI.create(issuer.at("/keys"))));
  }

  private Tokens fromMetadata() {
    return from(new KeyWebSource(URI.create(issuer.issuer()), null));
  }

  private static void assertAccepted(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Accepted.class);
  }

  private static void assertRefused(Verdict verdict, int status) {
    assertThat(verdict).isInstanceOf(Refused.class);
    assertThat(((Refused) verdict).status()).isEqualTo(status);
  }

  @Test
  void anUnknownKeyIsLookedForOnceAndNotAgainForAWhile() {
    Tokens tokens = fromWeb();
    assertAccepted(tokens.verdict(issuer.token()));
    assertThat(issuer.fetches()).isEqualTo(1);

    for (int i = 0; i < 50; i++) {
      String token =
          TestIssuer.signed(
              new RSAKey.Builder(TestIssuer.KEY).keyID("unknown-" + i).build(),
              JWSAlgorithm.RS256,
              issuer.claims());
      assertRefused(tokens.verdict(token), 401);
    }
    assertThat(issuer.fetches()).isEqualTo(2);

    clock.turn(IssuerKeys.BETWEEN_UNKNOWN);
    RSAKey other = new RSAKey.Builder(TestIssuer.KEY).keyID("other").build();
    assertRefused(
        tokens.verdict(TestIssuer.signed(other, JWSAlgorithm.RS256, issuer.claims())), 401);
    assertThat(issuer.fetches()).isEqualTo(3);
  }

  @Test
  void thoseWhoNeedANewKeyAtTheSameTimeWaitForOneAnswer() throws Exception {
    Tokens tokens = fromWeb();
    assertAccepted(tokens.verdict(issuer.token()));
    RSAKey next = TestIssuer.rsa("next");
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    byte[] keys = TestIssuer.set(next).getBytes(UTF_8);
    issuer.on(
        "/keys",
        exchange -> {
          isAsked.countDown();
          try {
            mayAnswer.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
        });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Verdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String token = TestIssuer.signed(next, JWSAlgorithm.RS256, issuer.claims("jti", "t" + i));
        verdicts.add(callers.submit(() -> tokens.verdict(token)));
      }
      isAsked.await();
      mayAnswer.countDown();
      for (Future<Verdict> verdict : verdicts) {
        assertAccepted(verdict.get());
      }
    }
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void aKeyThatIsReplacedCountsWithoutARestartAndTheOldOneNoMore() {
    Tokens tokens = fromMetadata();
    String before = issuer.token();
    assertAccepted(tokens.verdict(before));
    RSAKey next = TestIssuer.rsa("next");

    issuer.publish(next);

    assertAccepted(tokens.verdict(TestIssuer.signed(next, JWSAlgorithm.RS256, issuer.claims())));
    assertRefused(tokens.verdict(before), 401);
  }

  @Test
  void whileNoKeyCanBeHadNobodyIsLetInAndThenEverybody() {
    issuer.fail();
    Tokens tokens = fromMetadata();
    Verdict verdict = tokens.verdict(issuer.token());
    assertRefused(verdict, 503);
    assertThat(((Refused) verdict).retrySeconds()).isPositive();
    assertThat(((Refused) verdict).reason()).contains("keys of the issuer");

    issuer.publish(TestIssuer.KEY);
    clock.turn(Duration.ofSeconds(2));

    assertAccepted(tokens.verdict(issuer.token()));
  }

  @Test
  void failuresAreNotAskedForAgainByEachCaller() {
    issuer.fail();
    Tokens tokens = fromWeb();
    for (int i = 0; i < 50; i++) {
      assertRefused(tokens.verdict(issuer.token("jti", "t" + i)), 503);
    }

    // One by a caller or at the start, and one more in the background at most.
    assertThat(issuer.fetches()).isLessThanOrEqualTo(2);
  }

  @Test
  void keysThatAreKnownCountForADayWhileNoOthersCanBeHad() {
    Tokens tokens = fromWeb();
    assertAccepted(tokens.verdict(issuer.token()));
    issuer.fail();

    clock.turn(Duration.ofHours(23));
    assertAccepted(tokens.verdict(issuer.token("jti", "another")));
    clock.turn(Duration.ofHours(2));
    assertRefused(tokens.verdict(issuer.token("jti", "a third")), 503);

    issuer.publish(TestIssuer.KEY);
    clock.turn(Duration.ofSeconds(2));
    assertAccepted(tokens.verdict(issuer.token("jti", "a fourth")));
  }

  @Test
  void theMetadataOfRfc8414AreReadWhereThoseOfOpenIdAreNot() {
    issuer.on(
        "/acme/.well-known/openid-configuration",
        exchange -> exchange.sendResponseHeaders(404, -1));
    issuer.json(
        "/.well-known/oauth-authorization-server/acme",
        "{\"issuer\":\"" + issuer.issuer() + "\",\"jwks_uri\":\"" + issuer.at("/keys") + "\"}");

    assertAccepted(fromMetadata().verdict(issuer.token()));
  }

  @Test
  void metadataOfAnotherIssuerAndKeysOverPlainHttpAreNotBelieved() {
    issuer.json(
        "/acme/.well-known/openid-configuration",
        "{\"issuer\":\"https://login.example\",\"jwks_uri\":\"" + issuer.at("/keys") + "\"}");
    assertRefused(fromMetadata().verdict(issuer.token()), 503);
    assertThat(issuer.fetches()).isZero();
    endTokens();

    issuer.json(
        "/acme/.well-known/openid-configuration",
        "{\"issuer\":\"" + issuer.issuer() + "\",\"jwks_uri\":\"http://192.0.2.1/keys\"}");
    assertRefused(fromMetadata().verdict(issuer.token()), 503);
  }

  @Test
  void redirectsAreNotFollowed() {
    issuer.on(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().add("location", issuer.at("/other-keys"));
          exchange.sendResponseHeaders(302, -1);
        });
    issuer.json("/other-keys", TestIssuer.set(TestIssuer.KEY));

    assertRefused(fromWeb().verdict(issuer.token()), 503);
  }

  @Test
  void aDocumentWithoutAnEndIsNotReadToItsEnd() {
    issuer.on(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(65_536).getBytes(UTF_8);
          OutputStream out = exchange.getResponseBody();
          for (int i = 0; i < 10_000; i++) { // until nobody reads any more
            out.write(blanks);
          }
        });

    assertRefused(fromWeb().verdict(issuer.token()), 503);
  }

  @Test
  void whatIsNoKeySetIsNotTakenForOne() {
    for (String body :
        List.of(
            "", "[]", "{}", "{\"keys\":7}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\"}]}")) {
      issuer.json("/keys", body);
      assertRefused(fromWeb().verdict(issuer.token()), 503);
      endTokens();
    }
  }

  @Test
  void aKeyThatNobodyUnderstandsDoesNotHideTheOthers() {
    String known = TestIssuer.KEY.toPublicJWK().toString();
    issuer.json(
        "/keys",
        "{\"keys\":[{\"kty\":\"PQC\",\"kid\":\"x\"},{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"\"},"
            + known
            + "]}");

    assertAccepted(fromWeb().verdict(issuer.token()));
  }

  @Test
  void keysInAFileAreFollowed(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("keys.json");
    Files.writeString(file, TestIssuer.set(TestIssuer.KEY));
    Tokens tokens = from(new KeyFileSource(file));
    assertAccepted(tokens.verdict(issuer.token()));
    RSAKey next = TestIssuer.rsa("next");

    Path other = Files.writeString(directory.resolve("other.json"), TestIssuer.set(next));
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertAccepted(tokens.verdict(TestIssuer.signed(next, JWSAlgorithm.RS256, issuer.claims())));
    assertThat(issuer.fetches()).isZero();
  }
}
