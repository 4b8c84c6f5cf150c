package io.mcpgovernor.gateway.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may come from where it comes from. A web page can make a browser send requests
 * to this machine, under the page's own name too (DNS rebinding); what it cannot do is change
 * {@code Host} and {@code Origin}. Immutable.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">MCP:
 *     transports, security warning</a>
 */
final class CallingPlace {
  private final boolean loopback;
  private final Set<String> hosts;
  private final Set<String> origins;

  CallingPlace(InetAddress listening, Set<String> allowedHosts, Set<String> allowedOrigins) {
    loopback = listening.isLoopbackAddress();
    hosts = lower(allowedHosts);
    origins = lower(allowedOrigins);
  }

  private static Set<String> lower(Set<String> names) {
    return Set.copyOf(names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  /**
   * A sentence if it may not; null if it may.
   *
   * @param host the value of {@code Host}; null without, as HTTP/1.0 may be
   * @param origin all values of {@code Origin}
   */
  @Nullable Refusal check(@Nullable String host, List<String> origin) {
    if (origin.size() > 1) {
      return Refusal.of(400, "A request has one Origin at most.");
    }
    if (host == null ? loopback : !isAllowedHost(host)) {
      return Refusal.of(
          403,
          "The gateway is not to be called under this Host; its administrator can allow it under"
              + " front: allowedHosts.");
    }
    if (!origin.isEmpty() && !isAllowedOrigin(origin.getFirst())) {
      return Refusal.of(
          403,
          "Web pages of this Origin may not call the gateway; its administrator can allow them"
              + " under front: allowedOrigins.");
    }
    return null;
  }

  private boolean isAllowedHost(String value) {
    if (!loopback && hosts.isEmpty()) {
      return true;
    }
    String host = value.toLowerCase(Locale.ROOT);
    return isLoopback(withoutPort(host))
        || hosts.contains(host)
        || hosts.contains(withoutPort(host));
  }

  private boolean isAllowedOrigin(String value) {
    String origin = value.toLowerCase(Locale.ROOT);
    if (origins.contains(origin)) {
      return true;
    }
    if (!loopback) {
      return false;
    }
    try {
      URI uri = new URI(origin);
      String host = uri.getHost();
      return host != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && isLoopback(host);
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || colon < host.indexOf(']') ? host : host.substring(0, colon);
  }

  /** By its looks alone: a name that is resolved is what rebinding needs. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || isLoopbackV4(host);
  }

  private static boolean isLoopbackV4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals("127")) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }
}
