package io.mcpgovernor.config.grants;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.GrantStore.Changes;
import io.mcpgovernor.policy.GrantStore.Contents;
import io.mcpgovernor.policy.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of grants does. */
interface GrantStoreContract {
  /** A moment with all digits an instant has. */
  Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");

  /** A store in which these were put, one after the other. */
  GrantStore storeOf(List<Grant> grants);

  static Grant grant(
      Subject subject, What what, String object, Effect effect, @Nullable Instant expiresAt) {
    return new Grant(
        subject, what, object, effect, expiresAt, "why; 'so' \"that\" ✓\n", "carol", NOON);
  }

  static Grant acme(Effect effect, @Nullable Instant expiresAt) {
    return grant(Subject.user("alice"), What.TENANT, "acme", effect, expiresAt);
  }

  @Test
  default void everythingOfAGrantIsKept() {
    List<Grant> grants =
        List.of(
            acme(Effect.GRANT, NOON),
            grant(Subject.user("https://x/%23", "a#b|c"), What.TENANT, "t", Effect.GRANT, null),
            grant(Subject.role("a#b"), What.PERMISSION, "PII_READ", Effect.REVOKE, NOON),
            grant(Subject.any(), What.PERMISSION, "любой", Effect.GRANT, null));
    try (GrantStore store = storeOf(grants)) {
      assertThat(store.load().grants()).containsExactlyInAnyOrderElementsOf(grants);
      assertThat(store.load().hasTenantGrants()).isTrue();
      assertThat(store.load().pending()).isEmpty();
    }
  }

  @Test
  default void ofTheSameSubjectAndObjectTheNewestCountsAndOldOnesStandWhereItHasAnEnd() {
    try (GrantStore store =
        storeOf(
            List.of(
                acme(Effect.REVOKE, null),
                acme(Effect.GRANT, null),
                acme(Effect.REVOKE, NOON.plusSeconds(9)),
                acme(Effect.REVOKE, NOON)))) {
      assertThat(store.load().grants())
          .containsExactly(acme(Effect.GRANT, null), acme(Effect.REVOKE, NOON));
    }
  }

  @Test
  default void anEmptyStoreHasNothingAndKnowsOfNoTenant() {
    Grant revoked = acme(Effect.REVOKE, null);
    Grant permission = grant(Subject.any(), What.PERMISSION, "PII_READ", Effect.GRANT, null);
    for (List<Grant> grants : List.of(List.<Grant>of(), List.of(revoked, permission))) {
      try (GrantStore store = storeOf(grants)) {
        Contents contents = store.load();
        assertThat(contents.grants()).hasSize(grants.size());
        assertThat(contents.hasTenantGrants()).isFalse();
        assertThat(store.changesSince(contents.revision()))
            .isEqualTo(new Changes(contents.revision(), List.of(), List.of()));
      }
    }
  }

  @Test
  default void closingTwiceDoesNoHarm() {
    GrantStore store = storeOf(List.of());
    store.close();
    store.close();
  }

  /** Puts grants in as somebody does who has them on record. */
  static <T extends GrantStore> T filled(T store, List<Grant> grants) {
    grants.forEach(grant -> store.make(GrantChange.put(grant)));
    return store;
  }
}
