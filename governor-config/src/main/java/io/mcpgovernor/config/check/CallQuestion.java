package io.mcpgovernor.config.check;

import io.mcpgovernor.call.CallRequest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Principal.Source;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that is asked about. Immutable.
 *
 * @param user who calls, verified; null for nobody
 * @param issuer who vouches for them; null for the one that the configuration takes tokens of, or
 *     else this process itself
 * @param tenants tenants that the identity itself brings; those that are granted are not meant
 * @param roles roles that the identity itself brings
 * @param claims what a verified token says besides
 * @param tool {@code server.tool}, or the tool's name alone if one server has such a tool
 * @param arguments as the client sends them
 * @param at when; null for now
 */
public record CallQuestion(
    @Nullable String user,
    @Nullable String issuer,
    Set<String> tenants,
    Set<String> roles,
    Map<String, Object> claims,
    String tool,
    Json arguments,
    @Nullable Instant at) {

  /** Copies the sets. */
  public CallQuestion {
    tenants = Set.copyOf(tenants);
    roles = Set.copyOf(roles);
  }

  /**
   * The call itself.
   *
   * @throws IllegalArgumentException if nobody can be called so
   */
  CallRequest request(String server, String name, String usualIssuer) {
    Principal principal =
        user == null
            ? null
            : new Principal(
                issuer != null ? issuer : usualIssuer,
                user,
                tenants,
                roles,
                Source.VERIFIED,
                claims);
    return CallRequest.of(server, name, arguments, principal);
  }
}
