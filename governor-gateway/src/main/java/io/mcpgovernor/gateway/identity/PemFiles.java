package io.mcpgovernor.gateway.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM, as authorities and tools write them. */
final class PemFiles {
  private static final int BYTES_MAX = 1 << 20;
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PemFiles() {}

  /**
   * All certificates of a file, at least one.
   *
   * @throws IOException if there is none, or the file cannot be read; says which, and why
   */
  static List<Certificate> certificates(Path file) throws IOException {
    byte[] text = text(file);
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(text));
      if (!all.isEmpty()) {
        return List.copyOf(all);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " has something that is no certificate in PEM", e);
    }
    throw new IOException(file + " has no certificate in PEM");
  }

  /**
   * The private key of a certificate.
   *
   * @throws IOException if it is not, or the file cannot be read; says which, and why
   */
  static PrivateKey privateKey(Path file, PublicKey of) throws IOException {
    Matcher key = PRIVATE_KEY.matcher(new String(text(file), StandardCharsets.ISO_8859_1));
    if (!key.find()) {
      throw new IOException(
          file
              + " has no private key in PKCS #8 without a password ('BEGIN PRIVATE KEY'); 'openssl"
              + " pkcs8 -topk8 -nodes' makes one of others");
    }
    if (POSIX && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException("everybody can read the private key " + file + "; chmod 600");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(key.group(1));
      PrivateKey made =
          KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
      if (isOf(made, of)) {
        return made;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " has a private key that is of another certificate", e);
    }
    throw new IOException(file + " has a private key that is of another certificate");
  }

  private static boolean isOf(PrivateKey made, PublicKey of) throws GeneralSecurityException {
    String algorithm =
        switch (of.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> of.getAlgorithm();
        };
    byte[] text = {1};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(made);
    signing.update(text);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(of);
    verifying.update(text);
    return verifying.verify(signing.sign());
  }

  private static byte[] text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = in.readNBytes(BYTES_MAX + 1);
      if (text.length > BYTES_MAX) {
        throw new IOException(file + " has more than " + BYTES_MAX + " bytes");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    }
  }
}
