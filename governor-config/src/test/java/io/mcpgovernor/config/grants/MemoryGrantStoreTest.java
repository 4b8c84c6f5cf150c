package io.mcpgovernor.config.grants;

import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.MemoryGrantStore;
import java.util.List;

/** Beside the database, which does the same. */
final class MemoryGrantStoreTest implements WritableGrantStoreContract {
  @Override
  public GrantStore storeOf(List<Grant> grants) {
    return GrantStoreContract.filled(new MemoryGrantStore(), grants);
  }
}
