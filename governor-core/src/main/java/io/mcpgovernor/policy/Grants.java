package io.mcpgovernor.policy;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Principal.Source;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach which tenants, and who may read PII. In memory; each change counts up the epoch and
 * is seen by the next call.
 *
 * <p>A revocation is remembered: it also takes away what a role, everyone's grant or the user's own
 * token would give. Granting again ends it.
 *
 * <p>Thread-safe; reading takes no lock. Changes are reported before they widen access and after
 * they narrow it, so that a failing report never leaves access unrecorded and never keeps it.
 */
public final class Grants {
  /** The permission to call tools that read PII. */
  public static final String PII_READ = "PII_READ";

  /**
   * One change.
   *
   * @param action {@code grant_tenant_access}, {@code revoke_tenant_access}, {@code
   *     grant_permission} or {@code revoke_permission}
   * @param subject for whom
   * @param object the tenant or permission
   */
  public record Change(String action, Subject subject, String object) {}

  private static final int DISTINCT_MAX = 10_000;

  private record Entry(
      Set<String> tenants,
      Set<String> noTenants,
      Set<String> permissions,
      Set<String> noPermissions) {
    static final Entry EMPTY = new Entry(Set.of(), Set.of(), Set.of(), Set.of());
  }

  private final Map<Subject, Entry> entries = new ConcurrentHashMap<>();
  // Guarded by this, like every change. What is no longer used stays, so it is bounded.
  private final Map<Entry, Entry> distinct = new HashMap<>();
  private final AtomicLong epoch = new AtomicLong();
  private final Consumer<Change> onChange;
  private volatile boolean tenantsGranted;

  /**
   * No grants yet.
   *
   * @param onChange puts a change on record; what it throws reaches who asked for the change
   */
  public Grants(Consumer<Change> onChange) {
    this.onChange = onChange;
  }

  /** Lets a user reach a tenant. */
  public void grantTenantAccess(String user, String tenant) {
    grantTenantAccess(Subject.user(user), tenant);
  }

  /** Lets a subject reach a tenant. */
  public synchronized void grantTenantAccess(Subject subject, String tenant) {
    onChange.accept(new Change("grant_tenant_access", subject, named(tenant)));
    tenantsGranted = true;
    Entry old = entry(subject);
    put(
        subject,
        new Entry(
            with(old.tenants, tenant),
            without(old.noTenants, tenant),
            old.permissions,
            old.noPermissions));
  }

  /** Keeps a user out of a tenant, whatever else would let them in. */
  public void revokeTenantAccess(String user, String tenant) {
    revokeTenantAccess(Subject.user(user), tenant);
  }

  /** Keeps a subject out of a tenant, whatever else would let it in. */
  public synchronized void revokeTenantAccess(Subject subject, String tenant) {
    Entry old = entry(subject);
    put(
        subject,
        new Entry(
            without(old.tenants, tenant),
            with(old.noTenants, named(tenant)),
            old.permissions,
            old.noPermissions));
    onChange.accept(new Change("revoke_tenant_access", subject, tenant));
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
  public synchronized void grantPermission(Subject subject, String permission) {
    onChange.accept(new Change("grant_permission", subject, named(permission)));
    Entry old = entry(subject);
    put(
        subject,
        new Entry(
            old.tenants,
            old.noTenants,
            with(old.permissions, permission),
            without(old.noPermissions, permission)));
  }

  /** Takes a permission from a subject, whatever else would give it. */
  public synchronized void revokePermission(Subject subject, String permission) {
    Entry old = entry(subject);
    put(
        subject,
        new Entry(
            old.tenants,
            old.noTenants,
            without(old.permissions, permission),
            with(old.noPermissions, named(permission))));
    onChange.accept(new Change("revoke_permission", subject, permission));
  }

  /** The tenants a principal may reach, in order: granted, or brought along, and not revoked. */
  public Set<String> tenants(Principal principal) {
    Entry own = entries.get(Subject.user(principal.issuer(), principal.subject()));
    if (own != null && own.noTenants.isEmpty() && isAlone(principal)) {
      return own.tenants; // nearly every call of nearly every user
    }
    Set<String> allowed = new TreeSet<>(principal.tenants());
    Set<String> revoked = new HashSet<>();
    forEach(
        principal,
        entry -> {
          allowed.addAll(entry.tenants);
          revoked.addAll(entry.noTenants);
        });
    allowed.removeAll(revoked);
    return allowed;
  }

  /** Whether nothing but a principal's own grants says what it may, as for nearly all. */
  private boolean isAlone(Principal principal) {
    return principal.source() != Source.NONE
        && principal.tenants().isEmpty()
        && principal.roles().isEmpty()
        && !entries.containsKey(Subject.any());
  }

  /** Whether a principal has a permission. */
  public boolean hasPermission(Principal principal, String permission) {
    if (isAlone(principal)) {
      Entry own = entry(Subject.user(principal.issuer(), principal.subject()));
      return own.permissions.contains(permission) && !own.noPermissions.contains(permission);
    }
    boolean[] found = new boolean[2];
    forEach(
        principal,
        entry -> {
          found[0] |= entry.permissions.contains(permission);
          found[1] |= entry.noPermissions.contains(permission);
        });
    return found[0] && !found[1];
  }

  /** The permissions a principal has, in order. */
  public Set<String> permissions(Principal principal) {
    Set<String> allowed = new TreeSet<>();
    Set<String> revoked = new HashSet<>();
    forEach(
        principal,
        entry -> {
          allowed.addAll(entry.permissions);
          revoked.addAll(entry.noPermissions);
        });
    allowed.removeAll(revoked);
    return allowed;
  }

  /**
   * Whether access to any tenant was ever granted: from then on every tool is bound to a tenant.
   */
  public boolean hasTenantGrants() {
    return tenantsGranted;
  }

  /** Counts changes. */
  public long epoch() {
    return epoch.get();
  }

  private void forEach(Principal principal, Consumer<Entry> visitor) {
    if (principal.source() == Source.NONE) {
      return; // nobody was identified, whatever name stands for that
    }
    visit(Subject.user(principal.issuer(), principal.subject()), visitor);
    for (String role : principal.roles()) {
      visit(Subject.role(role), visitor);
    }
    visit(Subject.any(), visitor);
  }

  private void visit(Subject subject, Consumer<Entry> visitor) {
    @Nullable Entry entry = entries.get(subject);
    if (entry != null) {
      visitor.accept(entry);
    }
  }

  private Entry entry(Subject subject) {
    return entries.getOrDefault(subject, Entry.EMPTY);
  }

  private void put(Subject subject, Entry entry) {
    entries.put(subject, shared(entry));
    epoch.incrementAndGet();
  }

  /** Users with the same grants share one entry: less memory, and most look-ups find it at hand. */
  private Entry shared(Entry entry) {
    Entry known = distinct.get(entry);
    if (known != null) {
      return known;
    }
    if (distinct.size() < DISTINCT_MAX) {
      distinct.put(entry, entry);
    }
    return entry;
  }

  private static String named(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a tenant or permission needs a name");
    }
    return name;
  }

  private static Set<String> with(Set<String> set, String element) {
    TreeSet<String> copy = new TreeSet<>(set);
    copy.add(element);
    return Collections.unmodifiableSortedSet(copy);
  }

  private static Set<String> without(Set<String> set, String element) {
    TreeSet<String> copy = new TreeSet<>(set);
    copy.remove(element);
    return Collections.unmodifiableSortedSet(copy);
  }
}
