package io.mcpgovernor.config.grants;

import static io.mcpgovernor.config.grants.GrantStoreContract.acme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.GrantStore.Changes;
import io.mcpgovernor.policy.GrantStore.Pending;
import io.mcpgovernor.policy.GrantStoreException;
import io.mcpgovernor.policy.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of grants does that can be changed. */
interface WritableGrantStoreContract extends GrantStoreContract {

  @Test
  default void aProposalStandsOnceItIsSettledAndOnlyOnce() {
    try (GrantStore store = storeOf(List.of())) {
      GrantChange first = GrantChange.put(acme(Effect.GRANT, NOON));
      GrantChange second = GrantChange.remove(acme(Effect.GRANT, null));
      long one = store.propose(first);
      long two = store.propose(second);
      assertThat(two).isGreaterThan(one);
      assertThat(store.load().grants()).isEmpty();
      assertThat(store.load().hasTenantGrants()).isFalse();
      assertThat(store.load().pending())
          .containsExactly(new Pending(one, first), new Pending(two, second));

      store.settle(one);
      store.settle(one);
      store.settle(77);
      assertThat(store.load().grants()).containsExactly(acme(Effect.GRANT, NOON));
      assertThat(store.load().hasTenantGrants()).isTrue();
      assertThat(store.load().pending()).containsExactly(new Pending(two, second));
      store.settle(two);
      assertThat(store.load().grants()).isEmpty();
      assertThat(store.load().hasTenantGrants()).as("once and for all").isTrue();
    }
  }

  @Test
  default void whatHappenedSinceARevisionIsToldInItsOrder() {
    try (GrantStore store = storeOf(List.of(acme(Effect.GRANT, null)))) {
      long revision = store.load().revision();
      GrantChange proposed = GrantChange.put(acme(Effect.GRANT, NOON));
      GrantChange made =
          GrantChange.put(
              GrantStoreContract.grant(Subject.any(), What.TENANT, "acme", Effect.REVOKE, NOON));
      long number = store.propose(proposed);
      assertThat(changes(store, revision).pending()).containsExactly(new Pending(number, proposed));
      assertThat(changes(store, revision).settled()).isEmpty();
      store.make(made);
      assertThat(store.settle(number)).isTrue();
      Changes changes = changes(store, revision);
      assertThat(changes.settled()).as("as they came to count").containsExactly(made, proposed);
      assertThat(changes.pending()).isEmpty();
      assertThat(changes(store, changes.revision()).settled()).isEmpty();
      assertThat(store.changesSince(changes.revision() + 1)).as("of another store").isNull();
    }
  }

  @Test
  default void aProposalThatWasOvertakenIsDropped() {
    for (GrantChange later :
        List.of(
            GrantChange.put(acme(Effect.REVOKE, null)),
            GrantChange.put(acme(Effect.REVOKE, NOON)),
            GrantChange.remove(acme(Effect.GRANT, null)))) {
      try (GrantStore store = storeOf(List.of())) {
        long number = store.propose(GrantChange.put(acme(Effect.GRANT, null)));
        store.make(later);
        List<Grant> before = store.load().grants();
        assertThat(store.settle(number)).isFalse();
        assertThat(store.load().grants()).isEqualTo(before);
        assertThat(store.load().pending()).isEmpty();
        assertThat(store.load().hasTenantGrants()).isFalse();
      }
    }
  }

  @Test
  default void whatIsTooLongAgoIsForgottenAndSaidSo() {
    try (GrantStore store = storeOf(List.of())) {
      long revision = store.load().revision();
      for (int i = 0; i < 1_001; i++) {
        store.make(GrantChange.put(acme(Effect.GRANT, NOON.plusSeconds(i))));
      }
      assertThat(store.changesSince(revision)).isNull();
      assertThat(store.load().grants()).hasSize(1);
      assertThat(changes(store, revision + 1).settled()).hasSize(1_000);
    }
  }

  @Test
  default void noMoreCanWaitThanThereIsRoomFor() {
    try (GrantStore store = storeOf(List.of())) {
      long first = 0;
      for (int i = 0; i < GrantStore.PENDING_MAX; i++) {
        long number =
            store.propose(
                GrantChange.put(
                    GrantStoreContract.grant(
                        Subject.user("u" + i), What.TENANT, "acme", Effect.GRANT, null)));
        first = i == 0 ? number : first;
      }
      GrantChange more = GrantChange.put(acme(Effect.GRANT, null));
      assertThatThrownBy(() -> store.propose(more))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("10000 changes wait");
      store.settle(first);
      store.propose(more);
    }
  }

  static Changes changes(GrantStore store, long since) {
    Changes changes = store.changesSince(since);
    assertThat(changes).isNotNull();
    return changes;
  }
}
