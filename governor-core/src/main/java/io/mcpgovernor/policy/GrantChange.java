package io.mcpgovernor.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of what is granted.
 *
 * @param kind whether the grant is put in or taken out
 * @param grant what is put in; or, of what is taken out, its subject, object and effect, with the
 *     reason, the time and the name of who takes it out
 */
public record GrantChange(Kind kind, Grant grant) {
  /** Kinds of changes. */
  public enum Kind {
    /** A grant or revocation is put in, in place of one before. */
    PUT,
    /** A grant or revocation is taken out. */
    REMOVE
  }

  /** Neither is null. */
  public GrantChange {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(grant);
  }

  /** Puts a grant or revocation in. */
  public static GrantChange put(Grant grant) {
    return new GrantChange(Kind.PUT, grant);
  }

  /** Takes a grant or revocation out. */
  public static GrantChange remove(Grant grant) {
    return new GrantChange(Kind.REMOVE, grant);
  }

  /**
   * As records call it, such as {@code grant_tenant_access}, {@code revoke_permission}, {@code
   * remove_tenant_grant}.
   */
  public String action() {
    boolean isTenant = grant.what() == Grant.What.TENANT;
    boolean isGrant = grant.effect() == Grant.Effect.GRANT;
    return kind == Kind.PUT
        ? (isGrant ? "grant_" : "revoke_") + (isTenant ? "tenant_access" : "permission")
        : "remove_" + (isTenant ? "tenant_" : "permission_") + (isGrant ? "grant" : "revocation");
  }

  /** Whether an entry stands no longer once this change is made. */
  boolean ends(Grant standing) {
    return standing.isAbout(grant)
        && (standing.effect() == grant.effect() || (kind == Kind.PUT && grant.expiresAt() == null));
  }

  /** What a subject has after this change, oldest first. */
  List<Grant> after(List<Grant> before) {
    List<Grant> after = new ArrayList<>(before.size() + 1);
    for (Grant standing : before) {
      if (!ends(standing)) {
        after.add(standing);
      }
    }
    if (kind == Kind.PUT) {
      after.add(grant);
    }
    return List.copyOf(after);
  }

  /**
   * Whether the change gives nobody more at any time than they had: such a change may count before
   * it is on record.
   *
   * @param before what the subject has, oldest first
   */
  boolean isNarrowing(List<Grant> before) {
    List<Grant> then = before.stream().filter(grant::isAbout).toList();
    List<Grant> now = after(then);
    // What counts changes only where something expires; before all of that, everything counts.
    if (level(now, null) > level(then, null)) {
      return false;
    }
    for (List<Grant> entries : List.of(then, now)) {
      for (Grant entry : entries) {
        if (entry.expiresAt() != null && level(now, entry) > level(then, entry)) {
          return false;
        }
      }
    }
    return true;
  }

  /** What entries about one thing come to when one of them expires, or before any does. */
  private static int level(List<Grant> entries, @Nullable Grant expired) {
    int level = 0;
    for (Grant entry : entries) {
      if (expired == null || expired.expiresAt() == null || entry.countsAt(expired.expiresAt())) {
        level = entry.effect() == Grant.Effect.GRANT ? 1 : -1;
      }
    }
    return level;
  }
}
