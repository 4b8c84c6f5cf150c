package io.mcpgovernor.policy;

import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Principal.Source;
import io.mcpgovernor.call.Tool;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and which tenant the call asks for.
 *
 * <p>The first source that yields a user wins: the identity the door verified or the host named,
 * the argument {@code user_id}, the request's {@code _meta}, the default user. All but the first
 * count only where the host trusts its callers ({@link Trust#ARGUMENTS}); elsewhere {@code user_id}
 * is business data and a call without a verified user is denied.
 *
 * <p>A tenant is looked for under every name tools use for it, in the arguments and in objects
 * among them, since the tool may read any of these places: a call that names two tenants is denied,
 * as is one whose tenant is no name. Thread-safe.
 */
public final class Identity {
  /** Whose word is good enough. */
  public enum Trust {
    /** Only identities that the door verified or the host named. */
    VERIFIED,
    /** Also what the call says of itself. For demonstrations and single-user programs. */
    ARGUMENTS
  }

  /**
   * Who was found.
   *
   * @param principal the caller, {@link Principal#NOBODY} if none was found
   * @param tenant the tenant the call asks for, if any
   * @param decision denies if nobody, or somebody else than claimed, is calling
   */
  public record Resolution(Principal principal, @Nullable String tenant, Decision decision) {}

  /** The key of {@code _meta} for a user. */
  public static final String META_USER = "io.mcpgovernor/user_id";

  /** The key of {@code _meta} for a tenant. */
  public static final String META_TENANT = "io.mcpgovernor/tenant_id";

  private static final int TENANT_CHARS = 256;
  private static final String USER = "user_id";
  private static final String TENANT = "tenant_id";

  private final Trust trust;
  private final List<String> tenantParameters;

  /**
   * The rule.
   *
   * @param tenantParameters the argument names by which calls ask for a tenant
   */
  public Identity(Trust trust, List<String> tenantParameters) {
    this.trust = trust;
    this.tenantParameters = List.copyOf(tenantParameters);
  }

  /** Whose word counts. */
  public Trust trust() {
    return trust;
  }

  /** Finds out who calls. Never throws: arguments nobody can read name nobody. */
  public Resolution resolve(CallRequest request, Tool tool) {
    Map<?, ?> arguments = members(request.arguments());
    Map<?, ?> meta = members(request.meta());
    Principal principal = principal(request.principal(), arguments, meta);
    if (principal == null) {
      return new Resolution(Principal.NOBODY, null, nobody());
    }
    NamedTenants tenants = tenants(arguments);
    if (!tenants.areAny && tenants.areReadable) {
      tenants.add(first(text(meta, META_TENANT), text(meta, TENANT)));
    }
    if (!tenants.areReadable) {
      return new Resolution(principal, null, noTenant());
    }
    if (tenants.areSeveral) {
      return new Resolution(principal, null, severalTenants());
    }
    String tenant = tenants.first;
    String claimed = tool.userArgument();
    if (claimed != null) {
      Object named = member(arguments, claimed);
      if (named != null && !principal.subject().equals(named)) {
        return new Resolution(principal, tenant, somebodyElse(claimed));
      }
    }
    return new Resolution(principal, tenant, Decision.allow());
  }

  private @Nullable Principal principal(
      @Nullable Principal known, Map<?, ?> arguments, Map<?, ?> meta) {
    if (known != null || trust == Trust.VERIFIED) {
      return known;
    }
    String named = named(arguments, USER);
    if (named != null) {
      return claimed(named, Source.ARGUMENTS);
    }
    String inMeta = first(text(meta, META_USER), text(meta, USER));
    if (inMeta != null) {
      return claimed(inMeta, Source.META);
    }
    return claimed(Principal.NOBODY.subject(), Source.DEFAULT);
  }

  /** Every tenant the arguments name. */
  private NamedTenants tenants(Map<?, ?> arguments) {
    NamedTenants tenants = new NamedTenants();
    for (String parameter : tenantParameters) {
      tenants.add(member(arguments, parameter));
    }
    for (Object argument : arguments.values()) {
      if (argument instanceof Map<?, ?> inner) {
        for (String parameter : tenantParameters) {
          tenants.add(member(inner, parameter));
        }
      }
    }
    return tenants;
  }

  /** The tenants that one call names: more than one is too many, so the first is all it keeps. */
  private static final class NamedTenants {
    @Nullable String first;
    boolean areSeveral;

    /** Whether something stands where a tenant is named, blank names included. */
    boolean areAny;

    /** Whether all that stands there is a name. */
    boolean areReadable = true;

    void add(@Nullable Object value) {
      if (value == null) {
        return;
      }
      boolean isName =
          value instanceof String
              || value instanceof Integer
              || value instanceof Long
              || value instanceof BigInteger;
      String name = value.toString();
      if (!isName || name.length() > TENANT_CHARS) {
        areReadable = false;
        return;
      }
      areAny = true;
      if (name.isBlank()) {
        return;
      }
      areSeveral |= first != null && !first.equals(name);
      first = first == null ? name : first;
    }
  }

  /** A named argument, else one within a first argument that is an object. */
  private static @Nullable String named(Map<?, ?> arguments, String name) {
    String direct = text(arguments, name);
    if (direct != null || arguments.isEmpty()) {
      return direct;
    }
    return arguments.values().iterator().next() instanceof Map<?, ?> inner
        ? text(inner, name)
        : null;
  }

  private static @Nullable Principal claimed(String subject, Source source) {
    try {
      return new Principal(Principal.LOCAL, subject, Set.of(), Set.of(), source);
    } catch (IllegalArgumentException e) {
      return null; // a name no user can have
    }
  }

  private static Map<?, ?> members(Json json) {
    try {
      return json.tree() instanceof Map<?, ?> members ? members : Map.of();
    } catch (MalformedJsonException e) {
      return Map.of();
    }
  }

  private static @Nullable String text(Map<?, ?> members, String name) {
    return member(members, name) instanceof String text && !text.isBlank() ? text : null;
  }

  private static @Nullable Object member(Map<?, ?> members, String name) {
    try {
      return members.get(name);
    } catch (ClassCastException e) {
      return null; // a sorted map whose keys are not strings: no JSON, as the size check will find
    }
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }

  private static Decision nobody() {
    return Decision.deny(
        DenialCode.IDENTITY,
        "Nobody is signed in, so nothing may be called.",
        "Sign in (for example with a bearer token), then call again.");
  }

  private static Decision noTenant() {
    return Decision.deny(
        DenialCode.IDENTITY,
        "The tenant must be one name of at most " + TENANT_CHARS + " characters.",
        "Pass the name of a tenant you have access to.");
  }

  private static Decision severalTenants() {
    return Decision.deny(
        DenialCode.IDENTITY,
        "The call names more than one tenant, and works for one at a time.",
        "Name one tenant, in one place, and call once for each.");
  }

  private static Decision somebodyElse(String argument) {
    return Decision.deny(
        DenialCode.IDENTITY,
        "The argument " + argument + " names somebody else than the user who is signed in.",
        "Leave " + argument + " out, or pass the name of the user who is signed in.");
  }
}
