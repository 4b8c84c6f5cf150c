package io.mcpgovernor.gateway.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.management.ThreadMXBean;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.config.file.JwtConfig;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import io.mcpgovernor.gateway.http.Authenticator.Credentials;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What it costs to know callers by tokens, without HTTP: a program, for looking. Run it alone on
 * the machine.
 */
final class TokensCost {
  private static final int TOKENS = 10_000;
  private static final int CALLS = 200_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private TokensCost() {}

  /** Prints processor time and bytes a call, and what 10,000 tokens take. */
  public static void main(String[] arguments) throws Exception {
    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    try (TestIssuer issuer = new TestIssuer(TimeSource.SYSTEM)) {
      issuer.publish(TestIssuer.KEY, ec);
      for (Map.Entry<JWSAlgorithm, JWK> each :
          Map.of(JWSAlgorithm.RS256, (JWK) TestIssuer.KEY, JWSAlgorithm.ES256, ec).entrySet()) {
        measure(issuer, each.getKey(), each.getValue());
      }
    }
  }

  private static Tokens tokens(TestIssuer issuer) {
    JwtConfig config =
        new JwtConfig(
            URI.create(issuer.issuer()),
            Set.of(TestIssuer.AUDIENCE),
            "/sub",
            List.of("/tid", "/org_id"),
            List.of("/roles"),
            null,
            Duration.ofSeconds(60),
            Set.of());
    return new Tokens(config, new KeyWebSource(config.issuer(), null), TimeSource.SYSTEM);
  }

  private static void measure(TestIssuer issuer, JWSAlgorithm algorithm, JWK key) throws Exception {
    String[] shown = new String[TOKENS];
    for (int i = 0; i < TOKENS; i++) {
      shown[i] =
          TestIssuer.signed(
              key,
              algorithm,
              issuer.claims(
                  "sub",
                  "user-" + i,
                  "tid",
                  "acme",
                  "roles",
                  List.of("support", "reader"),
                  "name",
                  "Alice Doe",
                  "email",
                  "alice@acme.example",
                  "jti",
                  "id-" + i,
                  "azp",
                  "mcp-client",
                  "scope",
                  "openid profile email mcp:tools"));
    }
    try (Tokens tokens = tokens(issuer)) {
      ShownOnce callers = new ShownOnce(tokens, null, null);
      callers.authenticate(credentials(shown[0]));
      long before = usedBytes();
      long cold = cpu(() -> all(callers, shown));
      long after = usedBytes();
      for (int round = 0; round < 3; round++) {
        warm(callers, shown);
      }
      System.out.printf(
          Locale.ROOT,
          "%s, %d characters a token: verified %.1f us; known %s%n",
          algorithm,
          shown[0].length(),
          cold / 1e3 / TOKENS,
          warm(callers, shown));
      System.out.printf(
          Locale.ROOT,
          "%s: %d tokens known take %.1f MiB%n",
          algorithm,
          TOKENS,
          (after - before) / 1048576.0);
    }
  }

  private static String warm(ShownOnce callers, String[] shown) {
    String one = shown[shown.length - 1];
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos =
        cpu(
            () -> {
              for (int i = 0; i < CALLS; i++) {
                check(callers, one);
              }
            });
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    return String.format(
        Locale.ROOT, "%.2f us and %d bytes a call", nanos / 1e3 / CALLS, bytes / CALLS);
  }

  private static void all(ShownOnce callers, String[] shown) {
    for (String token : shown) {
      check(callers, token);
    }
  }

  private static void check(ShownOnce callers, String token) {
    Credentials shown = credentials(token);
    if (callers.refusedAtSight(shown) != null // asked first, as the front does
        || !(callers.authenticate(shown) instanceof Accepted)) {
      throw new IllegalStateException("refused");
    }
  }

  private static Credentials credentials(String token) {
    String value = "Bearer " + token;
    return name -> name.equals("authorization") ? List.of(value) : List.of();
  }

  private static long cpu(Runnable work) {
    long before = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - before;
  }

  private static long usedBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
