package io.mcpgovernor.config.file;

import org.jspecify.annotations.Nullable;

/**
 * What is read from client certificates.
 *
 * @param user where the user is
 * @param tenant where the tenant is; null if certificates tell none
 */
public record CertificatesConfig(
    @Key(
            value =
                "Where the user is in a certificate, which must have exactly one of these: a"
                    + " subject alternative name that is a URI, an e-mail address or a DNS name, or"
                    + " the common name of its subject.",
            unless = "san_uri",
            example = "san_email")
        User user,
    @Key(
            value =
                "Where the user's tenant is: the organization or the organizational unit of the"
                    + " subject. If left out, certificates tell none.",
            example = "organization")
        @Nullable Tenant tenant) {

  /** Where the user is. */
  public enum User {
    /** A URI among the subject alternative names, such as a SPIFFE ID. */
    SAN_URI,
    /** An e-mail address among them. */
    SAN_EMAIL,
    /** A DNS name among them. */
    SAN_DNS,
    /** The subject's common name. */
    COMMON_NAME
  }

  /** Where the tenant is. */
  public enum Tenant {
    /** O. */
    ORGANIZATION,
    /** OU. */
    ORGANIZATIONAL_UNIT
  }
}
