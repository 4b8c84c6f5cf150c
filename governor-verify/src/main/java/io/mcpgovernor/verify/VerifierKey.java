package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public Ed25519 key under a name, as C2SP signed-note writes it: {@code <name>+<8 hex digits of
 * its hash>+<base64 of 0x01 and the key>}. Immutable, safe for use by several threads.
 */
public final class VerifierKey {
  private static final byte ED25519 = 1;
  private static final int KEY_BYTES = 32;
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final String id;
  private final byte[] raw;
  private final PublicKey key;

  private VerifierKey(String name, String id, byte[] raw, PublicKey key) {
    this.name = name;
    this.id = id;
    this.raw = raw;
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if it is none, or its hash is not that of its name and bytes
   */
  public static VerifierKey parse(String text) {
    String[] parts = split(text);
    byte[] typed = decoded(parts[2]);
    if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
      throw new IllegalArgumentException("is no Ed25519 verifier key");
    }
    String id = id(parts[0], typed);
    if (!id.equals(parts[1])) {
      throw new IllegalArgumentException(
          "says that its hash is " + parts[1] + ", but it is " + id + ": it was changed");
    }
    byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
    return new VerifierKey(parts[0], id, raw, publicKey(raw));
  }

  private static String[] split(String text) {
    // From the front: neither name nor hash has a plus, but base64 may.
    int first = text.indexOf('+');
    int second = text.indexOf('+', first + 1);
    if (first <= 0 || second < 0 || text.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("is no verifier key: <name>+<hash>+<key> is one");
    }
    return new String[] {
      text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1)
    };
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no verifier key: its end is not base64", e);
    }
  }

  private static String id(String name, byte[] typed) {
    byte[] prefix = (name + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] hashed = Arrays.copyOf(prefix, prefix.length + typed.length);
    System.arraycopy(typed, 0, hashed, prefix.length, typed.length);
    return Hex.text(Arrays.copyOf(Sha256.of(hashed), 4));
  }

  private static PublicKey publicKey(byte[] raw) {
    byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + raw.length);
    System.arraycopy(raw, 0, encoded, X509_PREFIX.length, raw.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("is no Ed25519 verifier key", e);
    }
  }

  /** The name, which is the origin of the log that it signs. */
  public String name() {
    return name;
  }

  /** First 8 hex digits of the hash: short, for finding a key, not for trusting one. */
  public String id() {
    return id;
  }

  /** SHA-256 of the 32 bytes of the key in hex: what two people compare. */
  public String fingerprint() {
    return Hex.text(Sha256.of(raw));
  }

  boolean isOf(SignedNote.Signature signature) {
    return signature.name().equals(name) && signature.keyId().equals(id);
  }

  boolean isSame(VerifierKey other) {
    return name.equals(other.name) && Arrays.equals(raw, other.raw);
  }

  boolean verifies(byte[] text, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(text);
      return ed25519.verify(signature);
    } catch (SignatureException e) {
      return false; // such bytes are no signature at all
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  /** Its name and id. */
  @Override
  public String toString() {
    return name + "+" + id;
  }
}
