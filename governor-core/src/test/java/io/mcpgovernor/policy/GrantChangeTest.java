package io.mcpgovernor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantChangeTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Subject ALICE = Subject.user("alice");

  @Test
  void whatHasNoEndReplacesItsOppositeAndWhatHasOneSuspendsIt() {
    List<Grant> granted = GrantChange.put(acme(Effect.GRANT, null)).after(List.of());
    List<Grant> suspended = GrantChange.put(acme(Effect.REVOKE, NOON)).after(granted);
    assertThat(suspended).containsExactly(acme(Effect.GRANT, null), acme(Effect.REVOKE, NOON));
    assertThat(GrantChange.put(acme(Effect.REVOKE, null)).after(suspended))
        .containsExactly(acme(Effect.REVOKE, null));
    assertThat(GrantChange.remove(acme(Effect.REVOKE, null)).after(suspended))
        .containsExactly(acme(Effect.GRANT, null));
    Grant other =
        new Grant(ALICE, What.PERMISSION, "acme", Effect.REVOKE, null, "", "bob", Instant.EPOCH);
    assertThat(GrantChange.put(other).after(granted))
        .containsExactly(acme(Effect.GRANT, null), other);
  }

  @Test
  void aShorterRevocationAndALongerGrantWidenAndTheirOppositesNarrow() {
    List<Grant> revoked = List.of(acme(Effect.REVOKE, null));
    assertThat(GrantChange.put(acme(Effect.REVOKE, NOON)).isNarrowing(revoked)).isFalse();
    assertThat(GrantChange.remove(acme(Effect.REVOKE, null)).isNarrowing(revoked)).isFalse();
    assertThat(GrantChange.put(acme(Effect.REVOKE, null)).isNarrowing(revoked)).isTrue();
    List<Grant> granted = List.of(acme(Effect.GRANT, NOON));
    assertThat(GrantChange.put(acme(Effect.GRANT, NOON.plusNanos(1))).isNarrowing(granted))
        .isFalse();
    assertThat(GrantChange.put(acme(Effect.GRANT, NOON.minusNanos(1))).isNarrowing(granted))
        .isTrue();
    assertThat(GrantChange.remove(acme(Effect.GRANT, null)).isNarrowing(granted)).isTrue();
    assertThat(GrantChange.put(acme(Effect.GRANT, NOON)).isNarrowing(List.of())).isFalse();
    assertThat(GrantChange.put(acme(Effect.REVOKE, NOON)).isNarrowing(List.of())).isTrue();
  }

  @Test
  void aNarrowingChangeGivesNobodyMoreAtAnyTime() {
    Random random = new Random(7);
    int narrowing = 0;
    for (int round = 0; round < 20_000; round++) {
      List<Grant> before = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        before = new ArrayList<>(GrantChange.put(anyGrant(random)).after(before));
      }
      GrantChange change =
          random.nextInt(4) == 0
              ? GrantChange.remove(anyGrant(random))
              : GrantChange.put(anyGrant(random));
      boolean isWider = false;
      for (int hour = -1; hour <= 4; hour++) {
        Instant at = NOON.plusSeconds(3_600L * hour + 1);
        isWider |= level(change.after(before), at) > level(before, at);
      }
      assertThat(change.isNarrowing(before)).as("%s after %s", change, before).isEqualTo(!isWider);
      narrowing += isWider ? 0 : 1;
    }
    assertThat(narrowing).isBetween(2_000, 18_000);
  }

  private static int level(List<Grant> grants, Instant at) {
    SubjectGrants has = SubjectGrants.of(grants);
    FixedTime now = new FixedTime(at);
    return has.at(now).tenants().contains("acme")
        ? 1
        : has.at(now).noTenants().contains("acme") ? -1 : 0;
  }

  private static Grant anyGrant(Random random) {
    int hour = random.nextInt(4);
    return acme(
        random.nextBoolean() ? Effect.GRANT : Effect.REVOKE,
        hour == 3 ? null : NOON.plusSeconds(3_600L * hour));
  }

  @Test
  void recordsCallItByWhatItDoes() {
    assertThat(GrantChange.put(acme(Effect.GRANT, NOON)).action()).isEqualTo("grant_tenant_access");
    assertThat(GrantChange.remove(acme(Effect.REVOKE, NOON)).action())
        .isEqualTo("remove_tenant_revocation");
    Grant permission =
        new Grant(ALICE, What.PERMISSION, "X", Effect.REVOKE, null, "", "bob", Instant.EPOCH);
    assertThat(GrantChange.put(permission).action()).isEqualTo("revoke_permission");
    assertThat(GrantChange.remove(permission).action()).isEqualTo("remove_permission_revocation");
  }

  @Test
  void grantsHaveBounds() {
    grant(ALICE, "t".repeat(256), "r".repeat(1_000), "b".repeat(256), null);
    for (Runnable bad :
        List.<Runnable>of(
            () -> grant(ALICE, " ", "", "bob", null),
            () -> grant(ALICE, "t".repeat(257), "", "bob", null),
            () -> grant(ALICE, "t", "r".repeat(1_001), "bob", null),
            () -> grant(ALICE, "t", "", "", null),
            () -> grant(ALICE, "t", "", "bob", Instant.MAX),
            () -> grant(ALICE, "t", "", "bob", Instant.EPOCH.minusNanos(1)),
            () -> grant(Subject.user("", "alice"), "t", "", "bob", null),
            () -> grant(Subject.user(" "), "t", "", "bob", null),
            () -> grant(Subject.role("r".repeat(513)), "t", "", "bob", null))) {
      assertThatIllegalArgumentException().isThrownBy(bad::run);
    }
  }

  private static Grant grant(
      Subject subject, String object, String reason, String by, @Nullable Instant expiresAt) {
    return new Grant(
        subject, What.TENANT, object, Effect.GRANT, expiresAt, reason, by, Instant.EPOCH);
  }

  private static Grant acme(Effect effect, @Nullable Instant expiresAt) {
    return new Grant(ALICE, What.TENANT, "acme", effect, expiresAt, "", "bob", Instant.EPOCH);
  }
}
