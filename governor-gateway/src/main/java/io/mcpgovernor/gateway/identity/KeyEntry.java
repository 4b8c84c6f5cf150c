package io.mcpgovernor.gateway.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key: everything but the key.
 *
 * @param id the first twelve digits of the hash, by which people speak of the key
 * @param hash SHA-256 of the key, in hexadecimal digits
 * @param owner whose it is
 * @param created when, by whom, and whether that is on record
 * @param expires null if never
 * @param revoked the same of its revocation; null if it is not revoked
 */
public record KeyEntry(
    String id,
    String hash,
    Owner owner,
    Change created,
    @Nullable Instant expires,
    @Nullable Change revoked) {
  /**
   * Whose a key is.
   *
   * @param user in whose name it speaks
   * @param label what it is for; may be empty
   */
  public record Owner(String user, Set<String> tenants, Set<String> roles, String label) {}

  /**
   * Something that was done.
   *
   * @param recorded whether it is in the audit log
   */
  public record Change(Instant at, String by, boolean recorded) {
    Change onRecord() {
      return new Change(at, by, true);
    }
  }

  /** Whether it counts: a key that is not on record does not, a revocation does at once. */
  public enum State {
    /** It counts. */
    IN_FORCE,
    /** It will count once it is on record. */
    WAITS,
    /** It counted until its end. */
    EXPIRED,
    /** Somebody took it back. */
    REVOKED
  }

  /** Whether it counts at a moment. */
  public State stateAt(Instant now) {
    if (revoked != null) {
      return State.REVOKED;
    }
    if (expires != null && !now.isBefore(expires)) {
      return State.EXPIRED;
    }
    return created.recorded() ? State.IN_FORCE : State.WAITS;
  }

  /** Whether everything that was done with it is on record. */
  public boolean isRecorded() {
    return created.recorded() && (revoked == null || revoked.recorded());
  }

  KeyEntry with(Change created, @Nullable Change revoked) {
    return new KeyEntry(id, hash, owner, created, expires, revoked);
  }

  /** What goes on record of it. */
  Map<String, Object> details(String by) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("key", id);
    details.put("user", owner.user());
    details.put("tenants", List.copyOf(owner.tenants()));
    details.put("roles", List.copyOf(owner.roles()));
    details.put("label", owner.label());
    if (expires != null) {
      details.put("expires_at", expires.toString());
    }
    details.put("by", by);
    return details;
  }
}
