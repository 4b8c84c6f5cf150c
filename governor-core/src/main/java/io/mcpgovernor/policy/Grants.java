package io.mcpgovernor.policy;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Principal.Source;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.SubjectGrants.Sets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach which tenants, and who may read PII. Answers come from memory; a {@link GrantStore}
 * keeps what they are made of. Each change counts up the epoch and is seen by the next call.
 *
 * <p>A revocation is remembered: it also takes away what a role, everyone's grant, the user's own
 * token would give. Granting again ends it. Both may have an end: a grant counts before that moment
 * and no longer.
 *
 * <p>Thread-safe; reading takes no lock. Changes are reported before they widen access and after
 * they narrowed it, so that a failing report never leaves access unrecorded and never keeps it.
 * While the store cannot be read, nobody has anything.
 */
public final class Grants {
  /** The permission to call tools that read PII. */
  public static final String PII_READ = "PII_READ";

  /** Who changes what the host program changes in code. */
  public static final String HOST = "host";

  /**
   * One change.
   *
   * @param action {@code grant_tenant_access}, {@code revoke_tenant_access}, {@code
   *     grant_permission}, {@code revoke_permission}; {@code remove_} and {@code tenant_grant},
   *     {@code tenant_revocation}, {@code permission_grant}, {@code permission_revocation}; {@code
   *     discard_grant_change} if a change reported before could not be kept, or was overtaken by a
   *     later one, and counts for nothing
   * @param subject for whom
   * @param object the tenant or permission
   * @param expiresAt until when, null for ever
   * @param reason why; may be empty
   * @param by who changes it
   */
  public record Change(
      String action,
      Subject subject,
      String object,
      @Nullable Instant expiresAt,
      String reason,
      String by) {
    /** A change for ever, by the host program. */
    public Change(String action, Subject subject, String object) {
      this(action, subject, object, null, "", HOST);
    }

    static Change of(String action, Grant grant) {
      return new Change(
          action, grant.subject(), grant.object(), grant.expiresAt(), grant.reason(), grant.by());
    }
  }

  private final VisibleGrants visible = new VisibleGrants();
  private final GrantSync sync;
  private volatile ClaimPermissions claims = ClaimPermissions.NONE;
  private final TimeSource time;

  /**
   * No grants yet, and none that outlast the process.
   *
   * @param onChange puts a change on record; what it throws reaches who asked for the change
   */
  public Grants(Consumer<Change> onChange) {
    this(onChange, TimeSource.SYSTEM, new MemoryGrantStore());
  }

  /**
   * The grants of a store, once a {@link GrantFollower} is started.
   *
   * @param onChange puts a change on record; what it throws reaches who asked for the change
   * @param time says when grants expire
   */
  public Grants(Consumer<Change> onChange, TimeSource time, GrantStore store) {
    this.sync = new GrantSync(store, visible, onChange);
    this.time = time;
  }

  /**
   * Takes over what a configuration says, in the place of what the one before it said. It is on
   * record as a part of that configuration, and kept by nobody else; what the store has stands over
   * it.
   *
   * @param configured oldest first
   * @param claims what claims bring besides
   */
  public void configure(List<Grant> configured, ClaimPermissions claims) {
    this.claims = claims;
    sync.configure(configured);
  }

  /** Lets a user reach a tenant. */
  public void grantTenantAccess(String user, String tenant) {
    grantTenantAccess(Subject.user(user), tenant);
  }

  /** Lets a subject reach a tenant. */
  public void grantTenantAccess(Subject subject, String tenant) {
    apply(lasting(subject, What.TENANT, tenant, Effect.GRANT));
  }

  /** Keeps a user out of a tenant, whatever else would let them in. */
  public void revokeTenantAccess(String user, String tenant) {
    revokeTenantAccess(Subject.user(user), tenant);
  }

  /** Keeps a subject out of a tenant, whatever else would let it in. */
  public void revokeTenantAccess(Subject subject, String tenant) {
    apply(lasting(subject, What.TENANT, tenant, Effect.REVOKE));
  }

  /** Lets a user call tools that read PII. */
  public void grantPiiPermission(String user) {
    grantPermission(Subject.user(user), PII_READ);
  }

  /** Takes the permission to call tools that read PII from a user. */
  public void revokePiiPermission(String user) {
    revokePermission(Subject.user(user), PII_READ);
  }

  /** Gives a subject a permission. */
  public void grantPermission(Subject subject, String permission) {
    apply(lasting(subject, What.PERMISSION, permission, Effect.GRANT));
  }

  /** Takes a permission from a subject, whatever else would give it. */
  public void revokePermission(Subject subject, String permission) {
    apply(lasting(subject, What.PERMISSION, permission, Effect.REVOKE));
  }

  /**
   * Grants or revokes, with an end, a reason and a name if they are given.
   *
   * @throws GrantStoreException if it could not be kept: a grant then counts for nothing; a
   *     revocation counts in this process and is tried again
   */
  public void apply(Grant grant) {
    sync.make(GrantChange.put(grant));
  }

  /**
   * Takes out a grant or a revocation, so that nothing is said about the object any more.
   *
   * @param reason why; may be empty
   * @param by who does it
   * @throws GrantStoreException as {@link #apply} does
   */
  public void remove(
      Subject subject, What what, String object, Effect effect, String reason, String by) {
    sync.make(
        GrantChange.remove(new Grant(subject, what, object, effect, null, reason, by, time.now())));
  }

  /** All grants and revocations that stand, expired ones included, by subject, oldest first. */
  public List<Grant> list() {
    return sync.list();
  }

  private Grant lasting(Subject subject, What what, String object, Effect effect) {
    return new Grant(subject, what, object, effect, null, "", HOST, time.now());
  }

  static boolean isTenantGrant(GrantChange change) {
    return change.kind() == GrantChange.Kind.PUT
        && change.grant().what() == What.TENANT
        && change.grant().effect() == Effect.GRANT;
  }

  /** The tenants a principal may reach, in order: granted, or brought along, and not revoked. */
  public Set<String> tenants(Principal principal) {
    if (visible.isUnavailable()) {
      return Set.of();
    }
    SubjectGrants ofUser = visible.of(user(principal));
    if (ofUser != null && isAlone(principal)) {
      Sets own = ofUser.at(time);
      if (own.noTenants().isEmpty()) {
        return own.tenants(); // nearly every call of nearly every user
      }
    }
    Set<String> allowed = new TreeSet<>(principal.tenants());
    Set<String> revoked = new HashSet<>();
    forEach(
        principal,
        has -> {
          Sets now = has.at(time);
          allowed.addAll(now.tenants());
          revoked.addAll(now.noTenants());
        });
    allowed.removeAll(revoked);
    return allowed;
  }

  /** Whether nothing but a principal's own grants says what it may, as for nearly all. */
  private boolean isAlone(Principal principal) {
    return principal.source() != Source.NONE
        && principal.tenants().isEmpty()
        && principal.roles().isEmpty()
        && visible.of(Subject.any()) == null;
  }

  /** Whether a principal has a permission: granted, or brought by a claim, and not revoked. */
  public boolean hasPermission(Principal principal, String permission) {
    if (visible.isUnavailable()) {
      return false;
    }
    boolean isBrought = claims.bring(principal, permission);
    if (isAlone(principal)) {
      SubjectGrants ofUser = visible.of(user(principal));
      if (ofUser == null) {
        return isBrought;
      }
      Sets own = ofUser.at(time);
      return (isBrought || own.permissions().contains(permission))
          && !own.noPermissions().contains(permission);
    }
    boolean[] found = {isBrought, false};
    forEach(
        principal,
        has -> {
          Sets now = has.at(time);
          found[0] |= now.permissions().contains(permission);
          found[1] |= now.noPermissions().contains(permission);
        });
    return found[0] && !found[1];
  }

  /** The permissions a principal has, in order. */
  public Set<String> permissions(Principal principal) {
    if (visible.isUnavailable()) {
      return Set.of();
    }
    Set<String> allowed = new TreeSet<>(claims.broughtBy(principal));
    Set<String> revoked = new HashSet<>();
    forEach(
        principal,
        has -> {
          Sets now = has.at(time);
          allowed.addAll(now.permissions());
          revoked.addAll(now.noPermissions());
        });
    allowed.removeAll(revoked);
    return allowed;
  }

  /**
   * Whether access to any tenant was ever granted: from then on every tool is bound to a tenant,
   * also after a restart.
   */
  public boolean hasTenantGrants() {
    return visible.hasTenantGrants() || visible.isUnavailable();
  }

  /** Whether the store cannot be read, so that nobody knows what anybody has. */
  public boolean isUnavailable() {
    return visible.isUnavailable();
  }

  /** Counts changes. What expires is no change: see {@link #isTimed}. */
  public long epoch() {
    return visible.epoch();
  }

  /** Whether what a principal has may change by time alone. */
  boolean isTimed(Principal principal) {
    boolean[] isTimed = new boolean[1];
    forEach(principal, has -> isTimed[0] |= has.isTimed());
    return isTimed[0];
  }

  /** When the next of what a principal has expires; null if nothing does. */
  @Nullable Instant nextExpiry(Principal principal, Instant now) {
    @Nullable Instant[] next = new Instant[1];
    forEach(
        principal,
        has -> {
          Instant end = has.nextExpiry(now);
          if (end != null && (next[0] == null || end.isBefore(next[0]))) {
            next[0] = end;
          }
        });
    return next[0];
  }

  boolean isShared() {
    return sync.isShared();
  }

  void load() {
    sync.load();
  }

  void watch() {
    sync.watch();
  }

  private void forEach(Principal principal, Consumer<SubjectGrants> visitor) {
    if (principal.source() == Source.NONE) {
      return; // nobody was identified, whatever name stands for that
    }
    visit(user(principal), visitor);
    for (String role : principal.roles()) {
      visit(Subject.role(role), visitor);
    }
    visit(Subject.any(), visitor);
  }

  private void visit(Subject subject, Consumer<SubjectGrants> visitor) {
    SubjectGrants has = visible.of(subject);
    if (has != null) {
      visitor.accept(has);
    }
  }

  private static Subject user(Principal principal) {
    return Subject.user(principal.issuer(), principal.subject());
  }
}
