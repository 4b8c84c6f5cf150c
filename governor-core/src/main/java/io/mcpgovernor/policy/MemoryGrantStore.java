package io.mcpgovernor.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps grants as long as the process lives: what a governor has if no store is named. */
public final class MemoryGrantStore implements GrantStore {
  private static final int JOURNAL_MAX = 1_000;

  private record Settled(long revision, long number, GrantChange change) {}

  private final StandingGrants standing = new StandingGrants(List.of());
  private final Deque<Settled> journal = new ArrayDeque<>();
  private final List<Pending> pending = new ArrayList<>();
  private long revision;
  private long numbers;
  private boolean tenantsGranted;

  /** Nothing is granted yet. */
  public MemoryGrantStore() {}

  @Override
  public synchronized Contents load() {
    return new Contents(revision, standing.all(), tenantsGranted, pending);
  }

  @Override
  public synchronized @Nullable Changes changesSince(long since) {
    long oldest = journal.isEmpty() ? revision + 1 : journal.getFirst().revision;
    boolean isKnown = since <= revision && (since == revision || since >= oldest - 1);
    if (!isKnown) {
      return null;
    }
    List<GrantChange> settled = new ArrayList<>();
    Iterator<Settled> newestFirst = journal.descendingIterator();
    while (newestFirst.hasNext()) {
      Settled one = newestFirst.next();
      if (one.revision <= since) {
        break;
      }
      settled.add(0, one.change);
    }
    return new Changes(revision, settled, pending);
  }

  @Override
  public synchronized void make(GrantChange change) {
    make(++numbers, change);
  }

  private synchronized void make(long number, GrantChange change) {
    if (standing.size() >= GRANTS_MAX && change.kind() == GrantChange.Kind.PUT) {
      throw new GrantStoreException(
          "there are " + GRANTS_MAX + " grants already; remove some, or grant to roles");
    }
    standing.make(change);
    tenantsGranted |= Grants.isTenantGrant(change);
    revision++;
    if (journal.size() == JOURNAL_MAX) {
      journal.removeFirst();
    }
    journal.addLast(new Settled(revision, number, change));
  }

  @Override
  public synchronized long propose(GrantChange change) {
    if (pending.size() == PENDING_MAX) {
      throw new GrantStoreException(PENDING_MAX + " changes wait to be put on record already");
    }
    numbers++;
    pending.add(new Pending(numbers, change));
    return numbers;
  }

  @Override
  public synchronized boolean settle(long number) {
    for (Pending one : pending) {
      if (one.number() == number) {
        pending.remove(one);
        Grant grant = one.change().grant();
        boolean isOvertaken =
            journal.stream()
                .anyMatch(later -> later.number > number && later.change.grant().isAbout(grant));
        if (!isOvertaken) {
          make(number, one.change());
        }
        return !isOvertaken;
      }
    }
    return true;
  }

  @Override
  public void close() {}
}
