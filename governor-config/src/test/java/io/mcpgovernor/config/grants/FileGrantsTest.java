package io.mcpgovernor.config.grants;

import static io.mcpgovernor.config.grants.GrantStoreContract.acme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.policy.FileGrants;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.GrantStoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants of a configuration. */
final class FileGrantsTest implements GrantStoreContract {
  @Override
  public GrantStore storeOf(List<Grant> grants) {
    return new FileGrants(grants);
  }

  @Test
  void nothingIsChangedThroughThem() {
    FileGrants store = new FileGrants(List.of());
    GrantChange change = GrantChange.put(acme(Effect.GRANT, null));
    for (Runnable write :
        List.<Runnable>of(() -> store.make(change), () -> store.propose(change))) {
      assertThatThrownBy(write::run)
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("change them there");
    }
    assertThat(store.isWritable()).isFalse();
    assertThat(store.load().grants()).isEmpty();
  }

  @Test
  void aGrantInCodeFailsAndIsNotOnRecordAndARevocationCountsForTheProcess(@TempDir Path audit) {
    Principal alice = Principal.verified("alice");
    try (Governor governor =
        Governor.builder()
            .auditTo(audit)
            .grantStore(new FileGrants(List.of(acme(Effect.GRANT, null))))
            .build()) {
      assertThat(governor.grants().tenants(alice)).containsExactly("acme");
      assertThatThrownBy(() -> governor.grants().grantTenantAccess("alice", "more"))
          .isInstanceOf(GrantStoreException.class);
      assertThat(governor.readLogs(9)).noneMatch(r -> r.toString().contains("more"));
      assertThat(governor.grants().tenants(alice)).containsExactly("acme");
      assertThatThrownBy(() -> governor.grants().revokeTenantAccess("alice", "acme"))
          .isInstanceOf(GrantStoreException.class)
          .hasMessageContaining("counts in this process");
      assertThat(governor.grants().tenants(alice)).isEmpty();
      assertThat(governor.readLogs(1).get(0).object())
          .containsEntry("tool_name", "revoke_tenant_access");
    }
  }
}
