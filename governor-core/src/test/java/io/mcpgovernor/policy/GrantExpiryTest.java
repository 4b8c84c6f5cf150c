package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.Grants.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Grants that end. */
class GrantExpiryTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant BEFORE = NOON.minusNanos(1);
  private static final Principal ALICE = Principal.verified("alice");

  private final FixedTime time = new FixedTime(BEFORE);
  private final List<Change> changes = new ArrayList<>();
  private final Grants grants = new Grants(changes::add, time, new MemoryGrantStore());

  @Test
  void aGrantCountsBeforeItsEndAndNotAtIt() {
    apply(Subject.user("alice"), What.TENANT, "acme", Effect.GRANT, NOON);
    apply(Subject.role("dev"), What.PERMISSION, Grants.PII_READ, Effect.GRANT, NOON);
    Principal dev = ALICE.withRoles(Set.of("dev"));
    assertThat(grants.tenants(ALICE)).containsExactly("acme");
    assertThat(grants.hasPermission(dev, Grants.PII_READ)).isTrue();
    time.set(NOON);
    assertThat(grants.tenants(ALICE)).isEmpty();
    assertThat(grants.hasPermission(dev, Grants.PII_READ)).isFalse();
    assertThat(grants.hasTenantGrants()).as("tools stay bound to tenants").isTrue();
  }

  @Test
  void aRevocationThatEndsGivesBackWhatItTook() {
    grants.grantTenantAccess("alice", "acme");
    grants.grantTenantAccess("alice", "other");
    apply(Subject.user("alice"), What.TENANT, "acme", Effect.REVOKE, NOON);
    assertThat(grants.tenants(ALICE)).containsExactly("other");
    time.set(NOON);
    assertThat(grants.tenants(ALICE)).containsExactly("acme", "other");
  }

  @Test
  void aGrantThatEndsDoesNotEndARevocation() {
    grants.grantTenantAccess(Subject.role("dev"), "acme");
    Principal dev = ALICE.withRoles(Set.of("dev"));
    grants.revokeTenantAccess("alice", "acme");
    apply(Subject.user("alice"), What.TENANT, "acme", Effect.GRANT, NOON);
    assertThat(grants.tenants(dev)).containsExactly("acme");
    time.set(NOON);
    assertThat(grants.tenants(dev)).as("the revocation is back").isEmpty();
  }

  @Test
  void aClockThatGoesBackIsBelieved() {
    apply(Subject.user("alice"), What.TENANT, "acme", Effect.GRANT, NOON);
    apply(Subject.user("alice"), What.TENANT, "late", Effect.GRANT, NOON.plusSeconds(60));
    for (int i = 0; i < 2; i++) {
      time.set(NOON.plusSeconds(61));
      assertThat(grants.tenants(ALICE)).isEmpty();
      time.set(NOON);
      assertThat(grants.tenants(ALICE)).containsExactly("late");
      time.set(BEFORE);
      assertThat(grants.tenants(ALICE)).containsExactly("acme", "late");
    }
  }

  @Test
  void whoHasNothingThatEndsCostsNoLookAtTheClock() {
    apply(Subject.user("bob"), What.TENANT, "acme", Effect.GRANT, NOON);
    grants.grantTenantAccess("alice", "acme");
    grants.grantPiiPermission("alice");
    int looks = time.looks();
    for (int i = 0; i < 100; i++) {
      assertThat(grants.tenants(ALICE)).isSameAs(grants.tenants(ALICE));
      assertThat(grants.hasPermission(ALICE, Grants.PII_READ)).isTrue();
    }
    assertThat(time.looks()).isEqualTo(looks);
    assertThat(grants.tenants(Principal.verified("bob"))).containsExactly("acme");
    assertThat(time.looks()).isGreaterThan(looks);
  }

  @Test
  void recordsSayUntilWhenWhyAndByWhom() {
    grants.apply(
        new Grant(
            Subject.user("alice"),
            What.TENANT,
            "acme",
            Effect.GRANT,
            NOON,
            "ticket 7",
            "carol",
            BEFORE));
    grants.remove(Subject.user("alice"), What.TENANT, "acme", Effect.GRANT, "done", "dave");
    assertThat(changes)
        .containsExactly(
            new Change(
                "grant_tenant_access", Subject.user("alice"), "acme", NOON, "ticket 7", "carol"),
            new Change("remove_tenant_grant", Subject.user("alice"), "acme", null, "done", "dave"));
    assertThat(grants.tenants(ALICE)).isEmpty();
    assertThat(grants.list()).isEmpty();
  }

  @Test
  void anAnswerIsKeptNoLongerThanWhatTheCallerHas() {
    DecisionCache cache = new DecisionCache(grants, time);
    AtomicInteger asked = new AtomicInteger();
    Policy policy =
        Policy.cacheable(call -> Decision.allow(Map.of("asked", asked.incrementAndGet())));
    apply(Subject.role("dev"), What.TENANT, "acme", Effect.GRANT, NOON);
    apply(Subject.user("bob"), What.TENANT, "acme", Effect.GRANT, NOON.minus(Duration.ofHours(1)));
    Principal dev = ALICE.withRoles(Set.of("dev"));
    assertThat(asked(cache, policy, dev)).isEqualTo(1);
    assertThat(asked(cache, policy, dev)).isEqualTo(1);
    time.set(NOON);
    assertThat(asked(cache, policy, dev)).as("it has ended").isEqualTo(2);
    assertThat(asked(cache, policy, dev)).isEqualTo(2);
    time.set(BEFORE);
    assertThat(asked(cache, policy, dev)).as("the clock was set back").isEqualTo(3);
  }

  private static Object asked(DecisionCache cache, Policy policy, Principal principal) {
    return cache
        .decide(
            "p", policy, Calls.of(principal, null, Calls.named("crm", "find"), Json.EMPTY_OBJECT))
        .toCompletableFuture()
        .join()
        .metadata()
        .get("asked");
  }

  private void apply(
      Subject subject, What what, String object, Effect effect, @Nullable Instant expiresAt) {
    grants.apply(new Grant(subject, what, object, effect, expiresAt, "", "carol", BEFORE));
  }
}
