package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys on the web, at an address that is known or that the issuer's metadata tell.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>
 */
final class KeyWebSource implements KeySource {
  private static final Duration USUAL = Duration.ofMinutes(15);
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofHours(24);
  private static final Pattern MAX_AGE = Pattern.compile("(?i)\\bmax-age=([0-9]{1,9})\\b");

  private final WebDocuments web = new WebDocuments();
  private final URI issuer;
  private final @Nullable URI told;
  private @Nullable URI discovered;

  /**
   * One.
   *
   * @param told where the keys are; null if the issuer's metadata say it
   */
  KeyWebSource(URI issuer, @Nullable URI told) {
    this.issuer = issuer;
    this.told = told;
  }

  @Override
  public Found find() throws IOException, InterruptedException {
    try {
      URI at = told != null ? told : discovered != null ? discovered : discover();
      WebDocuments.Document document = web.get(at);
      List<IssuerKey> keys;
      try {
        keys = IssuerKey.of(document.body());
      } catch (IOException e) {
        throw new IOException(at + ": " + e.getMessage(), e);
      }
      discovered = at;
      return new Found(keys, fresh(document.cacheControl()));
    } catch (IOException e) {
      discovered = null; // the issuer may have moved them
      throw e;
    }
  }

  private URI discover() throws IOException, InterruptedException {
    String path = issuer.getRawPath() == null ? "" : issuer.getRawPath();
    String withoutSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
    URI openid = URI.create(origin + withoutSlash + "/.well-known/openid-configuration");
    URI oauth = URI.create(origin + "/.well-known/oauth-authorization-server" + withoutSlash);
    try {
      return keysOf(openid);
    } catch (IOException first) {
      try {
        return keysOf(oauth);
      } catch (IOException second) {
        throw new IOException(first.getMessage() + "; " + second.getMessage(), first);
      }
    }
  }

  private URI keysOf(URI metadata) throws IOException, InterruptedException {
    Map<String, @Nullable Object> members;
    try {
      members = web.get(metadata).body().object();
    } catch (MalformedJsonException e) {
      throw new IOException(metadata + ": it is not a JSON object, or has a key twice", e);
    }
    if (!issuer.toString().equals(members.get("issuer"))) {
      throw new IOException(
          metadata + ": it is about another issuer than identity.jwt.issuer, to the letter");
    }
    if (!(members.get("jwks_uri") instanceof String keys)) {
      throw new IOException(metadata + ": it names no jwks_uri");
    }
    try {
      return URI.create(keys);
    } catch (IllegalArgumentException e) {
      throw new IOException(metadata + ": its jwks_uri is no URL", e);
    }
  }

  private static Duration fresh(String cacheControl) {
    Matcher maxAge = MAX_AGE.matcher(cacheControl);
    if (cacheControl.toLowerCase(Locale.ROOT).contains("no-store") || !maxAge.find()) {
      return USUAL;
    }
    Duration said = Duration.ofSeconds(Long.parseLong(maxAge.group(1)));
    return said.compareTo(LEAST) < 0 ? LEAST : said.compareTo(MOST) > 0 ? MOST : said;
  }

  @Override
  public void close() {
    web.close();
  }
}
