package io.mcpgovernor.policy;

import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one subject has. Where nothing expires, that is worked out once and no clock is read; else
 * again each time that something has expired. Thread-safe.
 */
final class SubjectGrants {
  /** What is given and taken, in order. */
  record Sets(
      Set<String> tenants,
      Set<String> noTenants,
      Set<String> permissions,
      Set<String> noPermissions) {}

  /**
   * What counts for a while.
   *
   * @param from from when, null for ever before
   * @param until before when, null for ever after
   */
  private record Window(Sets sets, @Nullable Instant from, @Nullable Instant until) {
    boolean holds(Instant now) {
      return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
    }
  }

  private record Thing(What what, String object) {}

  private final List<Grant> grants;
  private final @Nullable Sets lasting;
  private volatile @Nullable Window window;

  private SubjectGrants(List<Grant> grants, @Nullable Sets lasting) {
    this.grants = grants;
    this.lasting = lasting;
  }

  /** What these come to, oldest first. */
  static SubjectGrants of(List<Grant> grants) {
    return grants.stream().allMatch(grant -> grant.expiresAt() == null)
        // What makes it up is not kept: users who have the same can then share it.
        ? new SubjectGrants(List.of(), sets(grants, Instant.MIN))
        : new SubjectGrants(grants, null);
  }

  /** Whether time alone can change it. */
  boolean isTimed() {
    return lasting == null;
  }

  /** What counts now. */
  Sets at(TimeSource time) {
    Sets always = lasting;
    return always != null ? always : at(time.now());
  }

  private Sets at(Instant now) {
    Window known = window;
    if (known == null || !known.holds(now)) {
      Instant from = null;
      for (Grant grant : grants) {
        Instant end = grant.expiresAt();
        if (end != null && !now.isBefore(end) && (from == null || end.isAfter(from))) {
          from = end;
        }
      }
      known = new Window(sets(grants, now), from, nextExpiry(now));
      window = known;
    }
    return known.sets;
  }

  /** When the next of what counts expires; null if nothing does. */
  @Nullable Instant nextExpiry(Instant now) {
    Instant next = null;
    for (Grant grant : grants) {
      Instant end = grant.expiresAt();
      if (end != null && now.isBefore(end) && (next == null || end.isBefore(next))) {
        next = end;
      }
    }
    return next;
  }

  private static Sets sets(List<Grant> grants, Instant now) {
    Map<Thing, Effect> latest = new HashMap<>();
    for (Grant grant : grants) {
      if (grant.countsAt(now)) {
        latest.put(new Thing(grant.what(), grant.object()), grant.effect());
      }
    }
    return new Sets(
        objects(latest, What.TENANT, Effect.GRANT),
        objects(latest, What.TENANT, Effect.REVOKE),
        objects(latest, What.PERMISSION, Effect.GRANT),
        objects(latest, What.PERMISSION, Effect.REVOKE));
  }

  private static Set<String> objects(Map<Thing, Effect> latest, What what, Effect effect) {
    TreeSet<String> objects = new TreeSet<>();
    latest.forEach(
        (thing, has) -> {
          if (thing.what == what && has == effect) {
            objects.add(thing.object);
          }
        });
    return objects.isEmpty() ? Set.of() : Collections.unmodifiableSortedSet(objects);
  }

  /** Whether it comes to the same, at any time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SubjectGrants that
        && grants.equals(that.grants)
        && (lasting == null ? that.lasting == null : lasting.equals(that.lasting));
  }

  @Override
  public int hashCode() {
    return lasting == null ? grants.hashCode() : lasting.hashCode();
  }
}
