package io.mcpgovernor.verify;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 into arrays that are there already: a log has millions of hashes. Not thread-safe. */
final class Sha256 {
  static final int BYTES = 32;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Hashes a slice. */
  void hash(byte[] bytes, int from, int length, byte[] to, int at) {
    digest.update(bytes, from, length);
    try {
      digest.digest(to, at, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for a hash", e);
    }
  }

  /** The hash of some bytes. */
  static byte[] of(byte[] bytes) {
    byte[] hash = new byte[BYTES];
    new Sha256().hash(bytes, 0, bytes.length, hash, 0);
    return hash;
  }
}
