package io.mcpgovernor.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What something is found by, in a table that is bounded: SHA-256 of its parts, so that a key is
 * small however long they are, nobody can make two of them meet, and no secret stays in memory.
 */
record TableKey(long first, long second, long third, long fourth) {
  /** The key of these parts, each and their order. */
  static TableKey of(String... parts) {
    byte[][] bytes = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = parts[i].getBytes(UTF_8);
    }
    return of(bytes);
  }

  /** The same of bytes. */
  static TableKey of(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      // The length keeps "ab", "c" apart from "a", "bc".
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
      digest.update(part);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new TableKey(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
