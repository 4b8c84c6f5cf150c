package io.mcpgovernor.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Grants as a configuration gives them. They are changed there, and nowhere else. */
public final class FileGrants implements GrantStore {
  private final Contents contents;

  /**
   * These grants.
   *
   * @param grants oldest first; of several about the same thing the later replaces the earlier
   */
  public FileGrants(List<Grant> grants) {
    if (grants.size() > GRANTS_MAX) {
      throw new IllegalArgumentException("there may be " + GRANTS_MAX + " grants");
    }
    StandingGrants standing = new StandingGrants(List.of());
    boolean tenantsGranted = false;
    for (Grant grant : grants) {
      GrantChange change = GrantChange.put(grant);
      standing.make(change);
      tenantsGranted |= Grants.isTenantGrant(change);
    }
    contents = new Contents(0, standing.all(), tenantsGranted, List.of());
  }

  @Override
  public Contents load() {
    return contents;
  }

  @Override
  public @Nullable Changes changesSince(long revision) {
    return revision == 0 ? new Changes(0, List.of(), List.of()) : null;
  }

  @Override
  public void make(GrantChange change) {
    throw readOnly();
  }

  @Override
  public long propose(GrantChange change) {
    throw readOnly();
  }

  @Override
  public boolean settle(long number) {
    return true; // nothing is ever pending
  }

  @Override
  public boolean isWritable() {
    return false;
  }

  @Override
  public void close() {}

  private static GrantStoreException readOnly() {
    return new GrantStoreException(
        "grants are given by the configuration, and nothing is kept of other changes; change them"
            + " there");
  }
}
