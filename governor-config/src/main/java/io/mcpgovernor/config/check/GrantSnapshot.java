package io.mcpgovernor.config.check;

import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.GrantStoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store of grants as it was at one moment. Nothing is written, and changes that wait to be put on
 * record go on waiting. Thread-safe.
 */
final class GrantSnapshot implements GrantStore {
  private static final Contents NOTHING = new Contents(0, List.of(), false, List.of());

  private final Contents contents;

  private GrantSnapshot(Contents contents) {
    this.contents = contents;
  }

  /** Nothing is granted. */
  static GrantSnapshot empty() {
    return new GrantSnapshot(NOTHING);
  }

  /**
   * What a store holds now; nothing if it is not there yet.
   *
   * @throws GrantStoreException if it cannot be read
   */
  static GrantSnapshot of(Path file) {
    if (!Files.exists(file)) {
      return empty(); // the governor would make it, and only that may
    }
    try (SqlGrantStore store = SqlGrantStore.open(file)) {
      return new GrantSnapshot(store.load());
    }
  }

  @Override
  public Contents load() {
    return contents;
  }

  @Override
  public @Nullable Changes changesSince(long revision) {
    return revision == contents.revision()
        ? new Changes(revision, List.of(), contents.pending())
        : null;
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
    return false;
  }

  @Override
  public boolean isWritable() {
    return false;
  }

  @Override
  public void close() {}

  private static GrantStoreException readOnly() {
    return new GrantStoreException("grants are only looked at here, not changed");
  }
}
