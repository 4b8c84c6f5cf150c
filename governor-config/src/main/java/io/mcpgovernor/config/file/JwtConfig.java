package io.mcpgovernor.config.file;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tokens must be like, and what is read from their claims.
 *
 * @param issuer who signs them
 * @param audience for whom they must be, any of these
 * @param user where the user is
 * @param tenant where the tenants are: the first that is there counts
 * @param roles where the roles are: the first that is there counts
 * @param jwks where the issuer's keys are: a URL or a file; null if the issuer tells itself
 * @param clockSkew by how much the issuer's clock and ours may differ
 * @param requiredScope what tokens must be good for
 */
public record JwtConfig(
    @Key(
            value = "Who signs the tokens; their keys are found from there.",
            example = "\"https://login.example\"")
        URI issuer,
    @Key(
            value = "For whom a token has to be, any of these: this gateway's own address.",
            form = WordForm.AUDIENCE,
            single = true,
            min = "1",
            example = "\"https://mcp.example\"")
        Set<String> audience,
    @Key(
            value = "Where the user is among the claims: a JSON pointer.",
            form = WordForm.POINTER,
            unless = "/sub")
        String user,
    @Key(
            value =
                "Where the user's tenants are: JSON pointers, of which the first that leads"
                    + " somewhere counts. A token is refused in which a later one leads to a tenant"
                    + " that the first does not have.",
            form = WordForm.POINTER,
            single = true,
            most = 16,
            unless = "[/tid, /org_id, /organization, /tenant_id, /tenant]")
        List<String> tenant,
    @Key(
            value =
                "Where the user's roles are: JSON pointers, of which the first that leads somewhere"
                    + " counts.",
            form = WordForm.POINTER,
            single = true,
            most = 16,
            unless = "/roles",
            example = "/realm_access/roles")
        List<String> roles,
    @Key(
            value =
                "Where the issuer's public keys are, as a JSON Web Key Set: an https URL, or a file,"
                    + " which is followed. If left out, the issuer's own metadata say it.",
            form = WordForm.LOCATION,
            example = "\"https://login.example/keys\"")
        @Nullable String jwks,
    @Key(
            value = "By how much the issuer's clock and this machine's may differ.",
            unless = "60s",
            min = "0s",
            max = "5m")
        Duration clockSkew,
    @Key(
            value =
                "Scopes that a token must have, all of them, in its claim scope or scp; without"
                    + " them the caller is told which to ask for.",
            form = WordForm.SCOPE,
            single = true,
            most = 100,
            unless = "[]",
            example = "[\"mcp:tools\"]")
        Set<String> requiredScope)
    implements Checked {
  private static final Pattern URL = Pattern.compile("(?i)https?:.*");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|\\[::1\\]|127(?:\\.[0-9]{1,3}){3}");
  private static final String OPEN =
      "the keys of whoever signs tokens must come over https, or from this machine; otherwise"
          + " anybody on the way could put in keys of their own";

  @Override
  public void check(Report report) {
    if (!isPrivate(issuer)) {
      report.at(OPEN, "issuer");
    }
    if (isUrl() && !isPrivate(jwksUrl())) {
      report.at(OPEN, "jwks");
    }
  }

  /** Whether {@link #jwks} is an address on the web, and no file. */
  public boolean isUrl() {
    return jwks != null && URL.matcher(jwks).matches();
  }

  private @Nullable URI jwksUrl() {
    try {
      return new URI(String.valueOf(jwks));
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Whether what is fetched from there comes as it was sent. */
  private static boolean isPrivate(@Nullable URI url) {
    return url != null
        && url.getHost() != null
        && ("https".equalsIgnoreCase(url.getScheme()) || isThisMachine(url.getHost()));
  }

  /** Whether a URL with this host needs no https: it leads to this machine. */
  public static boolean isThisMachine(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
