package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.config.file.CertificatesConfig;
import io.mcpgovernor.gateway.http.Authenticator.Accepted;
import io.mcpgovernor.gateway.http.Authenticator.Verdict;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Says whose a client's certificate is, which TLS has verified. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6">RFC 5280: subject
 *     alternative names</a>
 */
final class CertificateUsers {
  private static final int SAN_EMAIL = 1;
  private static final int SAN_DNS = 2;
  private static final int SAN_URI = 6;
  private static final int NAME_MAX = 512;

  private final CertificatesConfig config;
  private final TimeSource time;

  CertificateUsers(CertificatesConfig config, TimeSource time) {
    this.config = config;
    this.time = time;
  }

  Verdict verdict(X509Certificate certificate) {
    try {
      // It was valid when the connection began, which may be long ago.
      certificate.checkValidity(Date.from(time.now()));
      List<String> users = users(certificate);
      List<String> tenants = tenants(certificate);
      if (users.size() != 1 || !isName(users.getFirst())) {
        return Challenges.invalid(
            "The client certificate does not say who the user is: it has to have exactly one "
                + word(config.user())
                + ".");
      }
      if (tenants.size() > 1 || !tenants.stream().allMatch(CertificateUsers::isName)) {
        return Challenges.invalid("The client certificate names more than one tenant.");
      }
      return new Accepted(
          new Principal(
              Principal.LOCAL,
              users.getFirst(),
              Set.copyOf(tenants),
              Set.of(),
              Principal.Source.VERIFIED));
    } catch (CertificateException | InvalidNameException e) {
      return Challenges.invalid("The client certificate has expired, or cannot be read.");
    }
  }

  private List<String> users(X509Certificate certificate)
      throws CertificateException, InvalidNameException {
    return switch (config.user()) {
      case SAN_URI -> alternative(certificate, SAN_URI);
      case SAN_EMAIL -> alternative(certificate, SAN_EMAIL);
      case SAN_DNS -> alternative(certificate, SAN_DNS);
      case COMMON_NAME -> subject(certificate, "CN");
    };
  }

  private List<String> tenants(X509Certificate certificate) throws InvalidNameException {
    if (config.tenant() == null) {
      return List.of();
    }
    return switch (config.tenant()) {
      case ORGANIZATION -> subject(certificate, "O");
      case ORGANIZATIONAL_UNIT -> subject(certificate, "OU");
    };
  }

  private static List<String> alternative(X509Certificate certificate, int type)
      throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<String> found = new ArrayList<>();
    if (names != null) {
      for (List<?> name : names) {
        if (name.get(0) instanceof Integer is && is == type && name.get(1) instanceof String text) {
          found.add(text);
        }
      }
    }
    return found;
  }

  private static List<String> subject(X509Certificate certificate, String type)
      throws InvalidNameException {
    String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    List<String> found = new ArrayList<>();
    for (Rdn part : new LdapName(subject).getRdns()) {
      // One of several values has no order that everybody agrees on.
      if (part.getType().equalsIgnoreCase(type)
          && part.size() == 1
          && part.getValue() instanceof String text) {
        found.add(text);
      }
    }
    return found;
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= NAME_MAX
        && name.chars().noneMatch(Character::isISOControl);
  }

  private static String word(Enum<?> what) {
    return what.name().toLowerCase(Locale.ROOT);
  }
}
