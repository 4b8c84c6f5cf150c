package io.mcpgovernor.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 key that signs checkpoints, with the name and the number that C2SP gives it.
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
final class CheckpointKey {
  private static final byte ED25519 = 1;
  private static final int PUBLIC_BYTES = 32;
  private static final int HASH_BYTES = 4;

  /** What stands before the key itself in the usual encoding of a public key (RFC 8410). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String PEM_END = "\n-----END PRIVATE KEY-----\n";

  private final String origin;
  private final PrivateKey privateKey;
  private final byte[] publicKey;
  private final byte[] hash;

  private CheckpointKey(String origin, PrivateKey privateKey, byte[] publicKey) {
    this.origin = origin;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.hash = hash(origin, publicKey);
  }

  /** A new one. */
  static CheckpointKey generate(String origin) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      return new CheckpointKey(
          origin,
          pair.getPrivate(),
          Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES, encoded.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  /**
   * One that was kept.
   *
   * @param pem what {@link #pem} gave
   * @param verifier what {@link #verifier} gave
   * @throws GeneralSecurityException if they are no key, or not the two halves of one
   */
  static CheckpointKey read(String origin, String pem, String verifier)
      throws GeneralSecurityException {
    try {
      byte[] encoded =
          Base64.getMimeDecoder()
              .decode(pem.replace(PEM_BEGIN.strip(), "").replace(PEM_END.strip(), ""));
      byte[] tagged = tagged(verifier);
      CheckpointKey key =
          new CheckpointKey(
              origin,
              KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)),
              Arrays.copyOfRange(tagged, 1, tagged.length));
      byte[] text = origin.getBytes(StandardCharsets.UTF_8);
      if (!key.verifier().equals(verifier.strip()) || !key.verify(text, key.sign(text))) {
        throw new GeneralSecurityException("the two halves of a key do not belong together");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("what should be a key is none", e);
    }
  }

  /** Eight hexadecimal digits. */
  String id() {
    return HexFormat.of().formatHex(hash);
  }

  /** The private half, PKCS #8 in PEM. */
  String pem() {
    return PEM_BEGIN
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(privateKey.getEncoded())
        + PEM_END;
  }

  /** The public half, as C2SP writes it. */
  String verifier() {
    ByteBuffer tagged = ByteBuffer.allocate(1 + publicKey.length).put(ED25519).put(publicKey);
    return origin + "+" + id() + "+" + Base64.getEncoder().encodeToString(tagged.array());
  }

  /** The line that says that this key signed a note's text. */
  String signatureLine(String text) {
    byte[] signature = sign(text.getBytes(StandardCharsets.UTF_8));
    ByteBuffer signed =
        ByteBuffer.allocate(hash.length + signature.length).put(hash).put(signature);
    return "\u2014 " + origin + " " + Base64.getEncoder().encodeToString(signed.array()) + "\n";
  }

  private byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checkpoint cannot be signed", e);
    }
  }

  /**
   * Whether a text was signed by the key of a verifier.
   *
   * @throws IllegalArgumentException if the verifier is none
   */
  static boolean verify(String verifier, byte[] text, byte[] signed)
      throws GeneralSecurityException {
    byte[] tagged = tagged(verifier);
    return verify(Arrays.copyOfRange(tagged, 1, tagged.length), text, signed);
  }

  private boolean verify(byte[] text, byte[] signed) throws GeneralSecurityException {
    return verify(publicKey, text, signed);
  }

  private static boolean verify(byte[] publicKey, byte[] text, byte[] signed)
      throws GeneralSecurityException {
    ByteBuffer encoded =
        ByteBuffer.allocate(X509_PREFIX.length + publicKey.length).put(X509_PREFIX).put(publicKey);
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.array()));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(text);
    return signature.verify(signed);
  }

  /**
   * The key with its algorithm before it: after the second plus sign, base64 has some of its own.
   */
  private static byte[] tagged(String verifier) {
    String[] parts = verifier.strip().split("\\+", 3);
    byte[] tagged = Base64.getDecoder().decode(parts[parts.length - 1]);
    if (tagged.length != 1 + PUBLIC_BYTES || tagged[0] != ED25519) {
      throw new IllegalArgumentException("no Ed25519 key");
    }
    return tagged;
  }

  private static byte[] hash(String origin, byte[] publicKey) {
    var sha256 = Sha256.create();
    sha256.update(origin.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) '\n');
    sha256.update(ED25519);
    return Arrays.copyOf(sha256.digest(publicKey), HASH_BYTES);
  }
}
