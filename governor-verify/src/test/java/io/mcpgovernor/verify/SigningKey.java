package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A key pair under a name, as the format says, and independently of what reads it. */
final class SigningKey {
  private final String origin;
  private final KeyPair pair;

  SigningKey(String origin) {
    this.origin = origin;
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String origin() {
    return origin;
  }

  private byte[] typed() {
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(encoded, encoded.length - 32, typed, 1, 32);
    return typed;
  }

  private byte[] hash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((origin + "\n").getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(sha256.digest(typed()), 4);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String id() {
    return HexFormat.of().formatHex(hash());
  }

  String vkey() {
    return origin + "+" + id() + "+" + Base64.getEncoder().encodeToString(typed());
  }

  VerifierKey verifier() {
    return VerifierKey.parse(vkey());
  }

  /** The signature line under a text. */
  String sign(String text) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(pair.getPrivate());
      ed25519.update(text.getBytes(StandardCharsets.UTF_8));
      byte[] signature = ed25519.sign();
      byte[] both = Arrays.copyOf(hash(), 4 + signature.length);
      System.arraycopy(signature, 0, both, 4, signature.length);
      return "\u2014 " + origin + " " + Base64.getEncoder().encodeToString(both) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
