package io.mcpgovernor;

import io.mcpgovernor.call.Spares;
import io.mcpgovernor.pii.FoundValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key under which records hold hashes of data: HMAC-SHA-256 (RFC 2104), with a key for each
 * tenant made of it, so that equal values of two tenants do not look equal. Without a key a hash of
 * a number of nine digits is no secret: all of them can be tried.
 *
 * <p>Holds the secret; {@code toString} shows the key's id only. Thread-safe.
 */
final class ValueKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] ID_PREFIX = ascii("mcp-governor value key");
  private static final byte[] TENANT = ascii("tenant\0");
  private static final byte[] VALUE = ascii("value\0");
  private static final byte[] RESULT = ascii("result\0");
  private static final int ID_BYTES = 4;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
  private static final int FILE_BYTES_MAX = 1_024;

  /** How much of a hash stands in records: 128 bits. */
  private static final int VALUE_BYTES = 16;

  /** How long a key is, bytes. */
  static final int KEY_BYTES = 32;

  /** Tenants whose key is remembered; the keys of more are made anew for each record. */
  private static final int TENANTS_MAX = 1_024;

  private final SecretKeySpec key;
  private final String id;
  private final Map<String, SecretKeySpec> tenants = new ConcurrentHashMap<>();
  private final Spares<Mac> macs = new Spares<>(ValueKey::mac);

  /**
   * A key.
   *
   * @param key {@value #KEY_BYTES} random bytes, copied
   * @throws IllegalArgumentException if it has another length
   */
  ValueKey(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a value key has " + KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.id = id(key);
  }

  /**
   * Reads the key that is in use from a directory of keys.
   *
   * @return null if the directory holds none
   * @throws IOException if it holds one that cannot be read, or is not the one it is called
   */
  static @Nullable ValueKey current(Path keys) throws IOException {
    Path current = keys.resolve("current-value");
    if (!Files.exists(current)) {
      return null;
    }
    String id = line(current);
    if (!ID.matcher(id).matches()) {
      throw new IOException(current + " does not name a key");
    }
    Path file = keys.resolve("value-" + id + ".key");
    ValueKey key;
    try {
      key = new ValueKey(HexFormat.of().parseHex(line(file)));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a value key: " + KEY_BYTES + " bytes in hexadecimal");
    }
    if (!key.id().equals(id)) {
      throw new IOException(file + " holds another key than its name says");
    }
    return key;
  }

  private static String line(Path file) throws IOException {
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new IOException(file + " is too large to be a key");
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }

  /** Names the key in records and in its file's name: eight hexadecimal digits. */
  String id() {
    return id;
  }

  /**
   * Hashes for the records of one tenant.
   *
   * @param tenant its name, or an empty text where there is none
   */
  Hashes of(String tenant) {
    Mac mac = macs.take();
    init(mac, tenantKey(tenant, mac));
    return new Hashes(mac);
  }

  private SecretKeySpec tenantKey(String tenant, Mac mac) {
    SecretKeySpec known = tenants.get(tenant);
    if (known != null) {
      return known;
    }
    init(mac, key);
    mac.update(TENANT);
    SecretKeySpec made =
        new SecretKeySpec(mac.doFinal(tenant.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    if (tenants.size() < TENANTS_MAX) {
      tenants.put(tenant, made);
    }
    return made;
  }

  /** Makes hashes under one tenant's key. Used by one thread, then closed. */
  final class Hashes implements AutoCloseable {
    private final Mac mac;

    private Hashes(Mac mac) {
      this.mac = mac;
    }

    /**
     * What stands in a record for a value: 32 letters from {@code a} to {@code p}, because digits
     * might pass for personal data again.
     */
    String value(FoundValue value) {
      return value(value.kind().name(), value.normal());
    }

    String value(String kind, String normal) {
      mac.update(VALUE);
      mac.update(kind.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      byte[] hash = mac.doFinal(normal.getBytes(StandardCharsets.UTF_8));
      byte[] letters = new byte[2 * VALUE_BYTES];
      for (int i = 0; i < VALUE_BYTES; i++) {
        letters[2 * i] = (byte) ('a' + (hash[i] >> 4 & 15));
        letters[2 * i + 1] = (byte) ('a' + (hash[i] & 15));
      }
      return new String(letters, StandardCharsets.US_ASCII);
    }

    /** The whole hash of a raw result, in hexadecimal digits. */
    String result(byte[] utf8) {
      mac.update(RESULT);
      return HexFormat.of().formatHex(mac.doFinal(utf8));
    }

    @Override
    public void close() {
      mac.reset();
      macs.give(mac);
    }
  }

  private static String id(byte[] key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(ID_PREFIX);
      return HexFormat.of().formatHex(sha256.digest(key), 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Mac mac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static void init(Mac mac, SecretKeySpec key) {
    try {
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("any bytes are a key of " + ALGORITHM, e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The id, never the key. */
  @Override
  public String toString() {
    return "ValueKey[" + id + "]";
  }
}
