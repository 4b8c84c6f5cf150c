package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.gateway.disk.SharedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the front speaks TLS with, read again when a file has changed: certificates live for weeks,
 * gateways for longer. Files that do not fit leave the old ones in use. Thread-safe.
 */
public final class TlsFiles implements Supplier<SSLContext>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final char[] IN_MEMORY = {};

  private final Path certificate;
  private final Path key;
  private final @Nullable Path clientCa;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile SSLContext context;

  // Used by the thread alone, once it runs.
  private List<SharedFile.@Nullable Stamp> stamps;
  private String said = "";

  private TlsFiles(Path certificate, Path key, @Nullable Path clientCa) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.clientCa = clientCa;
    stamps = stamps();
    context = read();
  }

  /**
   * Reads the files, and follows them.
   *
   * @param clientCa who vouches for clients; null if nobody
   * @throws IOException if they do not fit; says what is wrong
   */
  static TlsFiles start(Path certificate, Path key, @Nullable Path clientCa) throws IOException {
    TlsFiles files = new TlsFiles(certificate, key, clientCa);
    Thread.ofVirtual().name("governor-tls").start(files::lookAgainAndAgain);
    return files;
  }

  /**
   * Reads a certificate and its key once.
   *
   * @throws IOException if they do not fit; says what is wrong
   */
  public static SSLContext once(Path certificate, Path key) throws IOException {
    return new TlsFiles(certificate, key, null).get();
  }

  @Override
  public SSLContext get() {
    return context;
  }

  private SSLContext read() throws IOException {
    List<Certificate> chain = PemFiles.certificates(certificate);
    var privateKey = PemFiles.privateKey(key, chain.getFirst().getPublicKey());
    try {
      KeyStore own = empty();
      own.setKeyEntry("gateway", privateKey, IN_MEMORY, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, IN_MEMORY);
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keys.getKeyManagers(), clients(), null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up with " + certificate + ": " + e.getMessage(), e);
    }
  }

  private TrustManager @Nullable [] clients() throws IOException, GeneralSecurityException {
    KeyStore trusted = empty();
    if (clientCa != null) {
      List<Certificate> authorities = PemFiles.certificates(clientCa);
      for (int i = 0; i < authorities.size(); i++) {
        trusted.setCertificateEntry("authority-" + i, authorities.get(i));
      }
    } else {
      return null; // nobody is asked for a certificate
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust.getTrustManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private void lookAgainAndAgain() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    List<SharedFile.@Nullable Stamp> now = stamps();
    if (now.equals(stamps)) {
      return;
    }
    try {
      context = read();
      stamps = now;
      said = "";
      LOG.info("New connections get the certificate that {} has now", certificate);
    } catch (IOException | RuntimeException e) {
      // Files that belong together are seldom replaced at the same moment: it looks again.
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(said)) {
        said = problem;
        LOG.warn("{}; until then, TLS goes on with what it had", problem);
      }
    }
  }

  private List<SharedFile.@Nullable Stamp> stamps() {
    List<SharedFile.@Nullable Stamp> all = new ArrayList<>();
    all.add(new SharedFile(certificate).stamp());
    all.add(new SharedFile(key).stamp());
    all.add(clientCa == null ? null : new SharedFile(clientCa).stamp());
    return all;
  }

  /** Stops following. */
  @Override
  public void close() {
    closed.countDown();
  }
}
