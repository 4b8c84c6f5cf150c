package io.mcpgovernor.config.file;

import java.nio.file.Path;

/**
 * How the admin listener speaks TLS.
 *
 * @param certificate its own certificate
 * @param key the private key of the certificate
 */
public record AdminTlsConfig(
    @Key(
            value =
                "The file of the listener's certificate in PEM, followed by those that lead to a"
                    + " known authority. Read at the start.",
            example = "tls/admin.pem")
        Path certificate,
    @Key(
            value =
                "The file of the certificate's private key: PKCS #8 in PEM, without a password.",
            example = "tls/admin.key")
        Path key) {}
