package io.mcpgovernor.bench.accuracy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32;

/** Made-up keys, tokens and wallets. None of them opens anything. */
final class Credentials {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String BASE64URL = BASE62 + "-_";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

  private Credentials() {}

  static String apiKey(Dice dice) {
    // Joined from parts, so that scanners for leaked keys do not stop at this file.
    return switch (dice.below(8)) {
      case 0 -> "AK" + "IA" + dice.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
      case 1 -> withCrc("gh" + dice.of("p", "o", "s") + "_", dice);
      case 2 -> "gl" + "pat-" + dice.from(BASE64URL, 20);
      case 3 -> "xo" + "xb-" + dice.digits(12) + "-" + dice.digits(12) + "-" + dice.base62(24);
      case 4 -> "sk" + dice.of("_live_", "_test_") + dice.base62(24);
      case 5 -> "AI" + "za" + dice.from(BASE64URL, 35);
      case 6 -> "S" + "G." + dice.from(BASE64URL, 22) + "." + dice.from(BASE64URL, 43);
      default -> withCrc("np" + "m_", dice);
    };
  }

  /** Thirty characters and their CRC-32 in six of base 62. */
  private static String withCrc(String prefix, Dice dice) {
    String body = dice.base62(30);
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    StringBuilder check = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < 6; i++) {
      check.insert(0, BASE62.charAt((int) (rest % 62)));
      rest /= 62;
    }
    return prefix + body + check;
  }

  static String jwt(Dice dice) {
    String header =
        dice.of("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", "{\"typ\":\"JWT\",\"alg\":\"RS256\"}");
    String claims = "{\"sub\":\"" + dice.hex(8) + "\",\"iat\":17" + dice.digits(8) + "}";
    return base64Url(header) + "." + base64Url(claims) + "." + dice.from(BASE64URL, 43);
  }

  private static String base64Url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String privateKey(Dice dice) {
    String kind = dice.of("RSA ", "EC ", "OPENSSH ", "");
    StringBuilder key = new StringBuilder("-----BEGIN " + kind + "PRIVATE" + " KEY-----\n");
    for (int line = dice.between(3, 8); line > 0; line--) {
      key.append(dice.from(BASE62 + "+/", 64)).append('\n');
    }
    return key + "-----END " + kind + "PRIVATE" + " KEY-----";
  }

  /** A password or the like, with no form of its own. */
  static String secret(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> dice.of("Winter", "Sommer", "Tiger", "Kraken", "Lisboa") + dice.digits(4) + "!";
      case 1 -> dice.from(BASE64URL, dice.between(16, 32));
      case 2 ->
          dice.of("correct", "purple") + "-" + dice.of("horse", "anvil") + "-" + dice.digits(2);
      default -> dice.from("abcdefghijkmnpqrstuvwxyz23456789#%+!", dice.between(9, 14));
    };
  }

  static String userAndPassword(Dice dice) {
    return dice.of("app", "crm_rw", "svc-billing", "deploy", "root")
        + ":"
        + dice.base62(dice.between(8, 18));
  }

  static String wallet(Dice dice) {
    return switch (dice.below(3)) {
      case 0 -> base58Check(dice);
      case 1 -> segwit(dice);
      default -> "0x" + dice.hex(40);
    };
  }

  /** A Bitcoin address of the old form: version, hash, first four bytes of a double SHA-256. */
  private static String base58Check(Dice dice) {
    byte[] address = new byte[25];
    address[0] = dice.oneIn(2) ? 0 : (byte) 5;
    for (int i = 1; i < 21; i++) {
      address[i] = (byte) dice.between(1, 255);
    }
    byte[] body = java.util.Arrays.copyOf(address, 21);
    System.arraycopy(sha256(sha256(body)), 0, address, 21, 4);
    BigInteger number = new BigInteger(1, address);
    StringBuilder text = new StringBuilder();
    while (number.signum() > 0) {
      BigInteger[] parts = number.divideAndRemainder(BigInteger.valueOf(58));
      text.insert(0, BASE58.charAt(parts[1].intValue()));
      number = parts[0];
    }
    return address[0] == 0 ? "1" + text : text.toString();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A Bitcoin address of witness version 0 (BIP 173): 20 bytes in 32 groups of five bits. */
  private static String segwit(Dice dice) {
    int[] data = new int[33];
    for (int i = 1; i < data.length; i++) {
      data[i] = dice.below(32);
    }
    int check = 1;
    for (int value : new int[] {3, 3, 0, 2, 3}) {
      check = bech32Step(check, value);
    }
    StringBuilder text = new StringBuilder("bc1");
    for (int value : data) {
      check = bech32Step(check, value);
      text.append(BECH32.charAt(value));
    }
    for (int i = 0; i < 6; i++) {
      check = bech32Step(check, 0);
    }
    check ^= 1;
    for (int i = 0; i < 6; i++) {
      text.append(BECH32.charAt((check >> (5 * (5 - i))) & 31));
    }
    return text.toString();
  }

  private static int bech32Step(int check, int value) {
    int[] generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    int top = check >> 25;
    int next = ((check & 0x1ffffff) << 5) ^ value;
    for (int i = 0; i < 5; i++) {
      next ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
    }
    return next;
  }
}
