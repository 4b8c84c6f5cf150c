package io.mcpgovernor.policy;

import io.mcpgovernor.policy.GrantStore.Changes;
import io.mcpgovernor.policy.GrantStore.Contents;
import io.mcpgovernor.policy.GrantStore.Pending;
import io.mcpgovernor.policy.Grants.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between a store and what calls see. Everybody sees what stands in the store, in the order in
 * which it came to stand there; and of what is not on record yet, what gives nobody more.
 *
 * <p>Thread-safe. {@code changing} is held while this process makes a change, which may take as
 * long as putting it on record does; the monitor only while memory is brought up to date, so that a
 * revocation from outside never waits for a record.
 */
final class GrantSync {
  private static final Logger LOG = LoggerFactory.getLogger(GrantSync.class);

  /** How many looks are left out when a record or the store has failed: about a second. */
  private static final int PATIENCE_LOOKS = 10;

  private final GrantStore store;
  private final VisibleGrants visible;
  private final Consumer<Change> onChange;
  private final ReentrantLock changing = new ReentrantLock();

  // All of these are guarded by this.
  private StandingGrants configured = new StandingGrants(List.of());
  private StandingGrants standing = new StandingGrants(List.of());
  private List<Pending> pending = List.of();
  private final List<GrantChange> unstored = new ArrayList<>();
  private long revision;

  // These are used by the watching thread only, or before there is one.
  private final Set<Long> recorded = new HashSet<>();
  private int looksToWait;

  GrantSync(GrantStore store, VisibleGrants visible, Consumer<Change> onChange) {
    this.store = store;
    this.visible = visible;
    this.onChange = onChange;
  }

  boolean isShared() {
    return store.isShared();
  }

  synchronized List<Grant> list() {
    List<Grant> all = new ArrayList<>(configured.all());
    all.addAll(standing.all());
    return all;
  }

  /** Shows what a configuration says, under what the store says. */
  synchronized void configure(List<Grant> grants) {
    Set<Subject> touched = new LinkedHashSet<>(configured.subjects());
    configured = new StandingGrants(List.of());
    for (Grant grant : grants) {
      GrantChange change = GrantChange.put(grant);
      configured.make(change);
      if (Grants.isTenantGrant(change)) {
        visible.tenantsGranted();
      }
    }
    touched.addAll(configured.subjects());
    touched.forEach(this::show);
    visible.changed(); // what claims bring may be another
  }

  /** Reads all of the store. */
  void load() {
    reload();
    recordPending();
  }

  /** Makes a change of this process's own. */
  void make(GrantChange change) {
    changing.lock();
    try {
      long epoch = visible.epoch();
      if (narrowed(change)) {
        finishNarrowing(change);
      } else {
        widen(change);
      }
      if (visible.epoch() == epoch) {
        visible.changed(); // also what comes to the same is a change, by somebody else perhaps
      }
    } finally {
      changing.unlock();
    }
  }

  /** Lets a change count at once if it gives nobody more than they have. */
  private synchronized boolean narrowed(GrantChange change) {
    Subject subject = change.grant().subject();
    boolean isNarrowing = change.isNarrowing(shown(subject));
    // A first grant binds tools to tenants, whatever it gives.
    if (isNarrowing && !Grants.isTenantGrant(change)) {
      unstored.removeIf(earlier -> change.ends(earlier.grant()));
      if (unstored.size() == GrantStore.PENDING_MAX) {
        throw new GrantStoreException(
            GrantStore.PENDING_MAX
                + " changes could not be kept already; mend the store of grants");
      }
      unstored.add(change);
      show(subject);
      return true;
    }
    return false;
  }

  private void finishNarrowing(GrantChange change) {
    RuntimeException failure = null;
    try {
      storeAll();
    } catch (RuntimeException e) {
      failure =
          new GrantStoreException(
              "it counts in this process, but could not be kept, and is tried again: "
                  + e.getMessage(),
              e);
    }
    try {
      onChange.accept(Change.of(change.action(), change.grant()));
    } catch (RuntimeException e) {
      if (failure != null) {
        e.addSuppressed(failure);
      }
      throw e;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void widen(GrantChange change) {
    if (!store.isWritable()) {
      store.make(change); // says why not, before anything is on record
    }
    onChange.accept(Change.of(change.action(), change.grant()));
    try {
      storeAll(); // what came before, or it would end this one when it is kept at last
      store.make(change);
    } catch (RuntimeException e) {
      RuntimeException failure =
          new GrantStoreException(
              "it could not be kept, so it does not count: " + e.getMessage(), e);
      try {
        onChange.accept(Change.of("discard_grant_change", change.grant()));
      } catch (RuntimeException unrecorded) {
        failure.addSuppressed(unrecorded);
      }
      throw failure;
    }
    catchUp();
  }

  /** A change that counts here already is in the store now. */
  private synchronized void stored(GrantChange change) {
    catchUp(); // if it fails, nobody has anything before all has been read
    unstored.remove(change);
    show(change.grant().subject());
  }

  /**
   * Brings memory up to date.
   *
   * @return false if the store could not be read, so that nobody has anything for now
   */
  private synchronized boolean catchUp() {
    try {
      Changes changes = visible.isUnavailable() ? null : store.changesSince(revision);
      if (changes == null) {
        reload();
        return true;
      }
      Set<Subject> touched = new LinkedHashSet<>();
      for (GrantChange change : changes.settled()) {
        standing.make(change);
        touched.add(change.grant().subject());
        if (Grants.isTenantGrant(change)) {
          visible.tenantsGranted();
        }
      }
      revision = changes.revision();
      replacePending(changes.pending(), touched);
      touched.forEach(this::show);
      return true;
    } catch (RuntimeException e) {
      if (!visible.isUnavailable()) {
        LOG.error(
            "The store of grants cannot be read, so calls that need grants are denied: {}",
            e.getMessage());
      }
      visible.unavailable(true);
      return false;
    }
  }

  private synchronized void reload() {
    Contents contents = store.load();
    Set<Subject> touched = new LinkedHashSet<>(standing.subjects());
    standing = new StandingGrants(contents.grants());
    touched.addAll(standing.subjects());
    if (contents.hasTenantGrants()) {
      visible.tenantsGranted();
    }
    revision = contents.revision();
    replacePending(contents.pending(), touched);
    touched.forEach(this::show);
    if (visible.isUnavailable()) {
      LOG.info("The store of grants can be read again.");
    }
    visible.unavailable(false);
  }

  private synchronized void replacePending(List<Pending> now, Set<Subject> touched) {
    pending.forEach(one -> touched.add(one.change().grant().subject()));
    now.forEach(one -> touched.add(one.change().grant().subject()));
    pending = now;
  }

  private synchronized void show(Subject subject) {
    visible.show(subject, shown(subject));
  }

  /**
   * What a subject has: what is configured and what stands, and what narrows that and is not on
   * record, or not kept.
   */
  private synchronized List<Grant> shown(Subject subject) {
    List<Grant> shown = configured.of(subject);
    for (Grant grant : standing.of(subject)) {
      shown = GrantChange.put(grant).after(shown);
    }
    for (Pending one : pending) {
      shown = narrowedBy(one.change(), subject, shown);
    }
    for (GrantChange change : unstored) {
      shown = narrowedBy(change, subject, shown);
    }
    return shown;
  }

  private static List<Grant> narrowedBy(GrantChange change, Subject subject, List<Grant> grants) {
    return change.grant().subject().equals(subject) && change.isNarrowing(grants)
        ? change.after(grants)
        : grants;
  }

  /** Looks what others have done, and puts it on record. */
  void watch() {
    if (looksToWait > 0 && !visible.isUnavailable()) {
      looksToWait--;
    }
    if (hasNews() && !catchUp()) {
      return;
    }
    if (looksToWait == 0) {
      storeAgain();
      recordPending();
    }
  }

  private boolean hasNews() {
    try {
      return visible.isUnavailable() || store.mayHaveChanged();
    } catch (RuntimeException e) {
      return true; // reading it will tell what is the matter
    }
  }

  private void storeAgain() {
    if (!store.isWritable() || firstUnstored() == null || !changing.tryLock()) {
      return; // a change that is being made will keep what came before it
    }
    try {
      storeAll();
    } catch (RuntimeException e) {
      looksToWait = PATIENCE_LOOKS;
    } finally {
      changing.unlock();
    }
  }

  /** Keeps what counts here already, in order. Only for who is changing. */
  private void storeAll() {
    GrantChange change = firstUnstored();
    while (change != null) {
      store.make(change);
      stored(change);
      change = firstUnstored();
    }
  }

  private synchronized @Nullable GrantChange firstUnstored() {
    return unstored.isEmpty() ? null : unstored.get(0);
  }

  /** Puts on record what waits for it, in order; what failed is tried again later. */
  private void recordPending() {
    List<Pending> waiting;
    synchronized (this) {
      waiting = pending;
    }
    Set<Long> numbers = new HashSet<>();
    waiting.forEach(one -> numbers.add(one.number()));
    recorded.retainAll(numbers);
    try {
      for (Pending one : waiting) {
        if (!recorded.contains(one.number())) {
          onChange.accept(Change.of(one.change().action(), one.change().grant()));
          recorded.add(one.number()); // whatever the store says now, once is enough
        }
        if (!store.settle(one.number())) {
          onChange.accept(Change.of("discard_grant_change", one.change().grant()));
        }
      }
    } catch (RuntimeException e) {
      looksToWait = PATIENCE_LOOKS;
      LOG.warn("Changes of grants wait to be put on record: {}", e.getMessage());
    }
    if (!waiting.isEmpty()) {
      catchUp();
    }
  }
}
