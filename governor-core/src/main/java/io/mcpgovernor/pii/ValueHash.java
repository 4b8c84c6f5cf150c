package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes of values, HMAC-SHA-256 (RFC 2104) over the kind's name and the value: 64 bits of
 * it, written in the letters {@code a} to {@code p}, because digits might pass for PII again.
 *
 * <p>Thread-safe.
 */
final class ValueHash {
  private static final int BYTES = 8;

  /** How many letters a hash is written in. */
  static final int LETTERS = 2 * BYTES;

  private final SecretKeySpec key;

  ValueHash(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The text that stands for a value: {@code [ssn:hcnkdoapifmlbgej]}. */
  byte[] of(Kind kind, byte[] text, int from, int to) {
    byte[] name = kind.name().getBytes(StandardCharsets.US_ASCII);
    byte[] digest = digest(name, text, from, to);
    byte[] written = new byte[name.length + LETTERS + 3];
    written[0] = '[';
    System.arraycopy(name, 0, written, 1, name.length);
    int at = name.length + 1;
    written[at++] = ':';
    for (int i = 0; i < BYTES; i++) {
      written[at++] = (byte) ('a' + (digest[i] >> 4 & 15));
      written[at++] = (byte) ('a' + (digest[i] & 15));
    }
    written[at] = ']';
    return written;
  }

  private byte[] digest(byte[] name, byte[] text, int from, int to) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(name);
      mac.update((byte) 0);
      mac.update(text, from, to - from);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
