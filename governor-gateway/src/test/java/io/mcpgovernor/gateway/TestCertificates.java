package io.mcpgovernor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates of an authority of a test's own, made by keytool. */
final class TestCertificates {
  private static final String PASSWORD = "changeit";

  private final Path directory;

  TestCertificates(Path directory) {
    this.directory = directory;
  }

  /** Makes an authority. */
  Path authority(String name) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "bc:c",
        "-keystore",
        store(name));
    return pem(name, List.of(load(name).getCertificate(name)));
  }

  /** Makes a certificate, signed by an authority, in {@code NAME.pem} and {@code NAME.key}. */
  Path signed(String authority, String name, String subject, String... extensions)
      throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        subject,
        "-keystore",
        store(name));
    String request = directory.resolve(name + ".csr").toString();
    String answer = directory.resolve(name + ".crt").toString();
    keytool("-certreq", "-alias", name, "-keystore", store(name), "-file", request);
    List<String> gencert =
        new ArrayList<>(
            List.of(
                "-gencert",
                "-alias",
                authority,
                "-keystore",
                store(authority),
                "-infile",
                request,
                "-outfile",
                answer));
    for (String extension : extensions) {
      gencert.addAll(List.of("-ext", extension));
    }
    keytool(gencert.toArray(String[]::new));
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "authority",
        "-keystore",
        store(name),
        "-file",
        directory.resolve(authority + ".pem").toString());
    keytool("-importcert", "-alias", name, "-keystore", store(name), "-file", answer);
    KeyStore keys = load(name);
    Path key = directory.resolve(name + ".key");
    Files.deleteIfExists(key);
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        key, block("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
    return pem(name, List.of(keys.getCertificateChain(name)));
  }

  /** What a client has that trusts an authority, and may show a certificate. */
  SSLContext client(String authority, @Nullable String name) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", load(authority).getCertificate(authority));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory own = null;
    if (name != null) {
      own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(load(name), PASSWORD.toCharArray());
    }
    context.init(own == null ? null : own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private String store(String name) {
    return directory.resolve(name + ".p12").toString();
  }

  private KeyStore load(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(store(name)))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private Path pem(String name, List<? extends Certificate> chain) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : chain) {
      text.append(block("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(directory.resolve(name + ".pem"), text);
  }

  private static String block(String what, byte[] der) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private void keytool(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(String.join(" ", words)).isZero();
  }
}
