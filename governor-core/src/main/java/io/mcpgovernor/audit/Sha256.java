package io.mcpgovernor.audit;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as every Java has it. */
final class Sha256 {
  /** The length of a hash. */
  static final int BYTES = 32;

  private Sha256() {}

  static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Ends a digest without a new array. */
  static void into(MessageDigest sha256, byte[] target) {
    try {
      sha256.digest(target, 0, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a hash has 32 bytes", e);
    }
  }
}
