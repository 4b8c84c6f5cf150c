package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.JwtConfig;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is meant by a token's claims. Immutable. */
final class ClaimsPrincipal {
  private static final int NAME_MAX = 512;
  private static final int NAMES_MAX = 500;

  private final String issuer;
  private final Pointer user;
  private final List<Pointer> tenant;
  private final List<Pointer> roles;

  ClaimsPrincipal(JwtConfig config) {
    issuer = config.issuer().toString();
    user = Pointer.of(config.user());
    tenant = config.tenant().stream().map(Pointer::of).toList();
    roles = config.roles().stream().map(Pointer::of).toList();
  }

  /**
   * Who that is.
   *
   * @throws RefusedException if it does not say, or can mean two
   */
  Principal of(Map<String, Object> claims) throws RefusedException {
    if (!(user.in(claims) instanceof String name) || !isName(name)) {
      throw Challenges.invalidToken(
          "The token does not say who the user is: "
              + user
              + " has to be a text of 1 to "
              + NAME_MAX
              + " characters.");
    }
    try {
      return new Principal(
          issuer, name, tenants(claims), roles(claims), Principal.Source.VERIFIED, claims);
    } catch (IllegalArgumentException e) {
      throw Challenges.invalidToken("The token has too many claims, or they are nested too deep.");
    }
  }

  /**
   * The first pointer that leads somewhere decides. Another that leads to somebody else's tenant
   * makes it a token that two readers could understand differently, and so one that nobody takes.
   */
  private Set<String> tenants(Map<String, Object> claims) throws RefusedException {
    Pointer decides = null;
    Set<String> tenants = Set.of();
    for (Pointer pointer : tenant) {
      Object value = pointer.in(claims);
      if (value == null) {
        continue;
      }
      Set<String> names = names(pointer, value);
      if (decides == null) {
        decides = pointer;
        tenants = names;
      } else if (!tenants.containsAll(names)) {
        throw Challenges.invalidToken(
            "The token names different tenants at "
                + decides
                + " and "
                + pointer
                + "; the gateway's administrator can say under identity.jwt.tenant which counts.");
      }
    }
    return tenants;
  }

  private Set<String> roles(Map<String, Object> claims) throws RefusedException {
    for (Pointer pointer : roles) {
      Object value = pointer.in(claims);
      if (value != null) {
        return names(pointer, value);
      }
    }
    return Set.of();
  }

  private static Set<String> names(Pointer pointer, Object value) throws RefusedException {
    Set<String> names = new LinkedHashSet<>();
    Collection<?> all = value instanceof Collection<?> many ? many : List.of(value);
    for (Object one : all) {
      if (!(one instanceof String name) || !isName(name) || names.size() == NAMES_MAX) {
        throw Challenges.invalidToken(
            "The token's "
                + pointer
                + " has to be a text of 1 to "
                + NAME_MAX
                + " characters, or a list of at most "
                + NAMES_MAX
                + " of them.");
      }
      names.add(name);
    }
    return names;
  }

  private static boolean isName(@Nullable String name) {
    return name != null
        && !name.isBlank()
        && name.length() <= NAME_MAX
        && name.chars().noneMatch(Character::isISOControl);
  }
}
