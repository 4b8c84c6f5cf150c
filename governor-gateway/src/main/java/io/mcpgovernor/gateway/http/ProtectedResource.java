package io.mcpgovernor.gateway.http;

import io.mcpgovernor.call.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the front tells everybody of where tokens for it come from, so that clients find the way
 * alone. Immutable.
 *
 * @param url the address under which clients know the front, without the servers' names; null if it
 *     is what they ask for as {@code Host}
 * @param authorizationServers who issues tokens
 * @param scopes what tokens must be good for
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728</a>
 */
public record ProtectedResource(
    @Nullable URI url, List<String> authorizationServers, List<String> scopes) {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,50}\\])(?::[0-9]{1,5})?");

  /** Copies the lists. */
  public ProtectedResource {
    authorizationServers = List.copyOf(authorizationServers);
    scopes = List.copyOf(scopes);
  }

  /**
   * The path of the resource whose metadata a path asks for; empty for the front itself, null if it
   * asks for none.
   */
  @Nullable String askedFor(String path) {
    if (!path.startsWith(WELL_KNOWN)) {
      return null;
    }
    String rest = path.substring(WELL_KNOWN.length());
    String prefix = prefix();
    // A proxy may have taken the prefix away, or not.
    return !prefix.isEmpty() && (rest + "/").startsWith(prefix + "/")
        ? rest.substring(prefix.length())
        : rest;
  }

  /**
   * The metadata; null if nobody knows under which address the front was asked.
   *
   * @param path of the resource
   */
  @Nullable Json metadata(String path, @Nullable String host, boolean tls) {
    String origin = origin(host, tls);
    if (origin == null) {
      return null;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("resource", origin + prefix() + path);
    members.put("authorization_servers", authorizationServers);
    members.put("bearer_methods_supported", List.of("header"));
    if (!scopes.isEmpty()) {
      members.put("scopes_supported", scopes);
    }
    return Json.of(members);
  }

  /** A challenge of {@code Bearer} that says where the metadata are, if that is known. */
  String challenge(String challenge, String path, @Nullable String host, boolean tls) {
    String origin = origin(host, tls);
    if (origin == null || !challenge.startsWith("Bearer")) {
      return challenge;
    }
    String more = challenge.substring("Bearer".length()).strip();
    return "Bearer resource_metadata=\""
        + origin
        + WELL_KNOWN
        + prefix()
        + path
        + "\""
        + (more.isEmpty() ? "" : ", " + more);
  }

  private @Nullable String origin(@Nullable String host, boolean tls) {
    if (url != null) {
      return url.getScheme() + "://" + url.getRawAuthority();
    }
    return host != null && HOST.matcher(host).matches()
        ? (tls ? "https://" : "http://") + host
        : null;
  }

  private String prefix() {
    String path = url == null || url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
