package io.mcpgovernor.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What calls see of grants. Reading takes no lock; only {@link GrantSync} writes, under its own.
 */
final class VisibleGrants {
  private static final int DISTINCT_MAX = 10_000;

  private final Map<Subject, SubjectGrants> bySubject = new ConcurrentHashMap<>();
  // Guarded by the only writer. What is no longer used stays, so it is bounded.
  private final Map<SubjectGrants, SubjectGrants> distinct = new HashMap<>();
  private final AtomicLong epoch = new AtomicLong();
  private volatile boolean tenantsGranted;
  private volatile boolean unavailable;

  @Nullable SubjectGrants of(Subject subject) {
    return bySubject.get(subject);
  }

  long epoch() {
    return epoch.get();
  }

  boolean hasTenantGrants() {
    return tenantsGranted;
  }

  boolean isUnavailable() {
    return unavailable;
  }

  /** Shows what a subject has, oldest first. */
  void show(Subject subject, List<Grant> grants) {
    SubjectGrants before = bySubject.get(subject);
    SubjectGrants after = grants.isEmpty() ? null : shared(SubjectGrants.of(grants));
    if (after == null ? before != null : !after.equals(before)) {
      if (after == null) {
        bySubject.remove(subject);
      } else {
        bySubject.put(subject, after);
      }
      changed();
    }
  }

  void tenantsGranted() {
    tenantsGranted = true;
  }

  void unavailable(boolean is) {
    if (unavailable != is) {
      unavailable = is;
      changed();
    }
  }

  void changed() {
    epoch.incrementAndGet();
  }

  /** Users with the same grants share them: less memory, and most look-ups find them at hand. */
  private SubjectGrants shared(SubjectGrants grants) {
    if (grants.isTimed()) {
      return grants;
    }
    SubjectGrants known = distinct.get(grants);
    if (known != null) {
      return known;
    }
    if (distinct.size() < DISTINCT_MAX) {
      distinct.put(grants, grants);
    }
    return grants;
  }
}
