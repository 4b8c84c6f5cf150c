package io.mcpgovernor.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps grants. {@link Grants} answers from memory and asks a store only when it starts and when
 * something has changed.
 *
 * <p>What a store keeps is in two parts: what stands, each change of which is on record; and
 * changes that others have handed in and that are not on record yet. A governor puts those on
 * record and then {@link #settle settles} them.
 *
 * <p>Thread-safe. Every method may wait for another process or for a disk, for two seconds or so at
 * most, and then throws a {@link GrantStoreException}.
 */
public interface GrantStore extends AutoCloseable {
  /** So many grants and revocations are kept at most. */
  int GRANTS_MAX = 4_000_000;

  /** So many changes may wait to be put on record. */
  int PENDING_MAX = 10_000;

  /**
   * A change that is not on record yet.
   *
   * @param number increases from one change to the next
   */
  record Pending(long number, GrantChange change) {}

  /**
   * All of a store.
   *
   * @param revision counts what happened in the store
   * @param grants what stands, oldest first
   * @param hasTenantGrants whether access to any tenant was ever granted
   * @param pending what is not on record yet, oldest first
   */
  record Contents(
      long revision, List<Grant> grants, boolean hasTenantGrants, List<Pending> pending) {
    /** Copies the lists. */
    public Contents {
      grants = List.copyOf(grants);
      pending = List.copyOf(pending);
    }
  }

  /**
   * What happened since a revision.
   *
   * @param revision of the store now
   * @param settled changes that count since then, in the order in which they came to count
   * @param pending all that is not on record yet, oldest first
   */
  record Changes(long revision, List<GrantChange> settled, List<Pending> pending) {
    /** Copies the lists. */
    public Changes {
      settled = List.copyOf(settled);
      pending = List.copyOf(pending);
    }
  }

  /** Everything. */
  Contents load();

  /**
   * What happened since a revision, whoever did it; null if the store does not know that any more,
   * so that everything has to be loaded.
   */
  @Nullable Changes changesSince(long revision);

  /**
   * Makes a change that is on record. Afterwards it is kept, whatever happens to the machine.
   *
   * @throws GrantStoreException if it could not be kept; then nothing is changed
   */
  void make(GrantChange change);

  /**
   * Hands in a change that a governor is to put on record; it stands once that has been done.
   *
   * @return its number
   * @throws GrantStoreException if it could not be kept; then nothing is changed
   */
  long propose(GrantChange change);

  /**
   * Makes a pending change that is on record now. Does nothing if it is pending no longer.
   *
   * @return false if something was made about the same subject and object after it was handed in:
   *     then that stands, and this is dropped
   */
  boolean settle(long number);

  /**
   * Whether something may have happened since the last {@link #load} or {@link #changesSince}.
   * Asked ten times a second, so it should be cheap.
   *
   * @throws GrantStoreException if the store cannot be read any more
   */
  default boolean mayHaveChanged() {
    return false;
  }

  /** Whether anything can be changed through it at all. */
  default boolean isWritable() {
    return true;
  }

  /** Whether others may change it, so that it has to be watched. */
  default boolean isShared() {
    return false;
  }

  /** Ends the use of the store. What is asked of it afterwards fails. May be called twice. */
  @Override
  void close();
}
