package io.mcpgovernor.config.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway's listener speaks TLS.
 *
 * @param certificate its own certificate
 * @param key the private key of the certificate
 * @param clientCa who vouches for certificates of clients; null if they are not asked for any
 */
public record TlsConfig(
    @Key(
            value =
                "The file of the gateway's certificate in PEM, followed by those that lead to a"
                    + " known authority. Read again when it changes.",
            example = "tls/gateway.pem")
        Path certificate,
    @Key(
            value =
                "The file of the certificate's private key: PKCS #8 in PEM, without a password.",
            example = "tls/gateway.key")
        Path key,
    @Key(
            value =
                "The file of the authorities in PEM that vouch for certificates of clients. Clients"
                    + " must show one then, unless identity has other ways than certificates.",
            example = "tls/clients-ca.pem")
        @Nullable Path clientCa) {}
