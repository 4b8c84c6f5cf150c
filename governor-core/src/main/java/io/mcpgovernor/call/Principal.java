package io.mcpgovernor.call;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who calls, and how we know.
 *
 * <p>A principal is the pair of issuer and subject: {@code alice} of one issuer is not {@code
 * alice} of another. Tenants and roles are those the identity itself brings (a token's claims);
 * what an administrator granted is kept by the grants.
 *
 * @param issuer who vouches for the subject; {@link #LOCAL} for identities the host made itself
 * @param subject the user's name at that issuer; not blank
 * @param tenants tenants the identity brings
 * @param roles roles the identity brings
 * @param source where the identity comes from
 * @param claims what a verified token says besides, as JSON values; empty where there is none. At
 *     most 2,000 names and values of together 65,536 characters, 8 levels deep
 */
public record Principal(
    String issuer,
    String subject,
    Set<String> tenants,
    Set<String> roles,
    Source source,
    Map<String, Object> claims) {

  /** The issuer of identities the host vouches for itself. */
  public static final String LOCAL = "local";

  /** Stands on record where nobody was identified. Never allowed anything. */
  public static final Principal NOBODY =
      new Principal(LOCAL, "default_user", Set.of(), Set.of(), Source.NONE);

  private static final int NAME_MAX = 512;

  /** How an identity became known, strongest first. */
  public enum Source {
    /** Verified by the transport: a token, key, certificate or the process's user. */
    VERIFIED,
    /** Passed in code by the host program. */
    EXPLICIT,
    /** Claimed in the tool's arguments; believed only under {@code trust: arguments}. */
    ARGUMENTS,
    /** Claimed in the request's {@code _meta}; believed only under {@code trust: arguments}. */
    META,
    /** The default user; believed only under {@code trust: arguments}. */
    DEFAULT,
    /** Nobody was identified. */
    NONE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As records see it. */
    public String text() {
      return text;
    }
  }

  /** Checks names and copies the sets. */
  public Principal {
    Objects.requireNonNull(source);
    if (issuer.isBlank() || issuer.length() > NAME_MAX) {
      throw new IllegalArgumentException("issuer must have 1 to " + NAME_MAX + " characters");
    }
    if (subject.isBlank() || subject.length() > NAME_MAX) {
      throw new IllegalArgumentException("subject must have 1 to " + NAME_MAX + " characters");
    }
    tenants = Set.copyOf(tenants);
    roles = Set.copyOf(roles);
    if (!claims.isEmpty() && source != Source.VERIFIED && source != Source.EXPLICIT) {
      throw new IllegalArgumentException("only identities that are verified have claims");
    }
    claims = ClaimValues.copyOf(claims);
  }

  /** A principal without claims. */
  public Principal(
      String issuer, String subject, Set<String> tenants, Set<String> roles, Source source) {
    this(issuer, subject, tenants, roles, source, Map.of());
  }

  /** A user whose identity the host's transport has verified. */
  public static Principal verified(String subject) {
    return new Principal(LOCAL, subject, Set.of(), Set.of(), Source.VERIFIED);
  }

  /** A user the host program names in code. */
  public static Principal explicit(String subject) {
    return new Principal(LOCAL, subject, Set.of(), Set.of(), Source.EXPLICIT);
  }

  /** The same principal with these tenants, as a token brings them. */
  public Principal withTenants(Set<String> tenants) {
    return new Principal(issuer, subject, tenants, roles, source, claims);
  }

  /** The same principal with these roles, as a token brings them. */
  public Principal withRoles(Set<String> roles) {
    return new Principal(issuer, subject, tenants, roles, source, claims);
  }

  /** The same principal with these claims, which the host has verified. */
  public Principal withClaims(Map<String, Object> claims) {
    return new Principal(issuer, subject, tenants, roles, source, claims);
  }

  /** Issuer and subject in one string that no other pair has. */
  public String key() {
    return key(issuer, subject);
  }

  /** The key of a principal of whom no more is known than a record says. */
  public static String key(String issuer, String subject) {
    // The length makes the pair unambiguous whatever characters the names hold.
    return issuer.length() + ":" + issuer + subject;
  }

  /** Without the claims, which are nobody's business in a log. */
  @Override
  public String toString() {
    return "Principal[issuer="
        + issuer
        + ", subject="
        + subject
        + ", tenants="
        + tenants
        + ", roles="
        + roles
        + ", source="
        + source
        + "]";
  }
}
