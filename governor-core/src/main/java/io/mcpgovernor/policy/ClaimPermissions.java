package io.mcpgovernor.policy;

import io.mcpgovernor.call.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which permissions verified claims bring: {@code scope: pii:read} may bring {@code PII_READ}. What
 * a call says in its arguments never does. A revocation beats what a claim brings.
 *
 * @param mappings any of them is enough; at most {@value #MAPPINGS_MAX}
 */
public record ClaimPermissions(List<Mapping> mappings) {
  /** No claim brings anything. */
  public static final ClaimPermissions NONE = new ClaimPermissions(List.of());

  /** How many mappings there may be. */
  public static final int MAPPINGS_MAX = 1_000;

  private static final int NAME_CHARS_MAX = 512;

  /**
   * A value of a claim that brings a permission.
   *
   * @param claim a claim's name or, if it begins with a slash, a JSON pointer into the claims, such
   *     as {@code /realm_access/roles}
   * @param value the claim is this text, a list that has it, or a text of several values with
   *     spaces between them that has it, as {@code scope}
   * @param permission what it brings, such as {@value Grants#PII_READ}
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.2">RFC 8693, 4.2</a>
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
   */
  public record Mapping(String claim, String value, String permission) {
    /** Checks the bounds. */
    public Mapping {
      for (String name : List.of(claim, value, permission)) {
        if (name.isBlank() || name.length() > NAME_CHARS_MAX) {
          throw new IllegalArgumentException(
              "claim, value and permission have 1 to " + NAME_CHARS_MAX + " characters");
        }
      }
    }

    private boolean isMetBy(Map<String, Object> claims) {
      return has(claim.startsWith("/") ? at(claims) : claims.get(claim));
    }

    private @Nullable Object at(Map<String, Object> claims) {
      Object at = claims;
      for (String token : claim.substring(1).split("/", -1)) {
        String key = token.replace("~1", "/").replace("~0", "~");
        if (!(at instanceof Map<?, ?> members)) {
          return null; // an index into a list means nothing here: lists are searched
        }
        at = members.get(key);
      }
      return at;
    }

    private boolean has(@Nullable Object found) {
      if (found instanceof Collection<?> several) {
        return several.contains(value);
      }
      return found instanceof String text
          && (text.equals(value) || List.of(text.split(" ", -1)).contains(value));
    }
  }

  /** Checks the bound. */
  public ClaimPermissions {
    if (mappings.size() > MAPPINGS_MAX) {
      throw new IllegalArgumentException("there may be " + MAPPINGS_MAX + " mappings of claims");
    }
    mappings = List.copyOf(mappings);
  }

  /** The same with one more: {@code with("scope", "pii:read", "PII_READ")}. */
  public ClaimPermissions with(String claim, String value, String permission) {
    List<Mapping> more = new ArrayList<>(mappings);
    more.add(new Mapping(claim, value, permission));
    return new ClaimPermissions(more);
  }

  /** All that a principal's claims bring. */
  Set<String> broughtBy(Principal principal) {
    Set<String> brought = new HashSet<>();
    Map<String, Object> claims = principal.claims();
    if (!claims.isEmpty()) {
      for (Mapping mapping : mappings) {
        if (mapping.isMetBy(claims)) {
          brought.add(mapping.permission);
        }
      }
    }
    return brought;
  }

  /** Whether a principal's claims bring a permission. */
  boolean bring(Principal principal, String permission) {
    Map<String, Object> claims = principal.claims();
    if (claims.isEmpty()) {
      return false;
    }
    for (Mapping mapping : mappings) {
      if (mapping.permission.equals(permission) && mapping.isMetBy(claims)) {
        return true;
      }
    }
    return false;
  }
}
