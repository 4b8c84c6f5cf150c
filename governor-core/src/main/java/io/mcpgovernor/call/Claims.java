package io.mcpgovernor.call;

import io.mcpgovernor.call.Principal.Source;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a principal of the claims of a token that the host has verified: its signature, issuer,
 * audience and expiry. Never give it claims that nobody verified.
 */
public final class Claims {
  /** Where identity providers put the tenant; the first that is there counts. */
  private static final List<String> TENANT =
      List.of("tid", "org_id", "organization", "tenant_id", "tenant");

  private Claims() {}

  /**
   * The principal that claims name: issuer {@code iss}, user {@code sub}, roles {@code roles}, and
   * the tenant of the first of {@code tid}, {@code org_id}, {@code organization}, {@code
   * tenant_id}, {@code tenant}. Roles and tenants may be a text or a list of texts. All claims stay
   * with it ({@link Principal#claims}); what is no JSON value, such as a time or an address, stays
   * as its text.
   *
   * @throws IllegalArgumentException if issuer or user is missing or no text, or a tenant or role
   *     is neither: half an identity is none; or if there are more claims than a principal has
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519, 4.1</a>
   */
  public static Principal principal(Map<String, ? extends @Nullable Object> verified) {
    Set<String> tenants = Set.of();
    for (String claim : TENANT) {
      if (verified.get(claim) != null) {
        tenants = texts(claim, verified.get(claim));
        break;
      }
    }
    return new Principal(
        text("iss", verified.get("iss")),
        text("sub", verified.get("sub")),
        tenants,
        texts("roles", verified.get("roles")),
        Source.VERIFIED,
        json(verified));
  }

  private static Map<String, Object> json(Map<String, ? extends @Nullable Object> verified) {
    Map<String, Object> claims = new LinkedHashMap<>();
    verified.forEach(
        (name, value) -> {
          if (value != null) {
            claims.put(name, isJson(value) ? value : value.toString());
          }
        });
    return claims;
  }

  private static boolean isJson(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Map
        || value instanceof Collection;
  }

  private static Set<String> texts(String claim, @Nullable Object value) {
    if (value == null) {
      return Set.of();
    }
    if (!(value instanceof Collection<?> several)) {
      return Set.of(text(claim, value));
    }
    Set<String> texts = new LinkedHashSet<>();
    several.forEach(each -> texts.add(text(claim, each)));
    return texts;
  }

  private static String text(String claim, @Nullable Object value) {
    // An issuer may come as a java.net.URL, as Spring Security has it.
    String text = value == null || value instanceof Collection<?> ? "" : value.toString();
    if (text.isBlank()) {
      throw new IllegalArgumentException("the claim " + claim + " is missing, or is no text");
    }
    return text;
  }
}
