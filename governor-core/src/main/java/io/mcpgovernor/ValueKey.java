package io.mcpgovernor;

import io.mcpgovernor.audit.AuditKeys;
import io.mcpgovernor.call.Spares;
import io.mcpgovernor.pii.FoundValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key under which records hold hashes of data: HMAC-SHA-256 (RFC 2104), with a key for each
 * tenant made of it, so that equal values of two tenants do not look equal. Without a key a hash of
 * a number of nine digits is no secret: all of them can be tried.
 *
 * <p>Holds the secret; {@code toString} shows the key's id only. The keys of tenants are kept in
 * memory, the key itself stays where it is. Thread-safe.
 */
final class ValueKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String TENANT = "tenant\0";
  private static final byte[] VALUE = ascii("value\0");
  private static final byte[] RESULT = ascii("result\0");

  /** How much of a hash stands in records: 128 bits. */
  private static final int VALUE_BYTES = 16;

  /** How long a key is, bytes. */
  static final int KEY_BYTES = 32;

  /** Tenants whose key is remembered; the keys of more are made anew for each record. */
  private static final int TENANTS_MAX = 1_024;

  private final UnaryOperator<byte[]> hmac; // of the tenants
  private final String id;
  private final Map<String, SecretKeySpec> tenants = new ConcurrentHashMap<>();
  private final Spares<Hashes> hashes = new Spares<>(Hashes::new);

  /**
   * A key.
   *
   * @param key {@value #KEY_BYTES} random bytes, copied
   * @throws IllegalArgumentException if it has another length
   */
  ValueKey(byte[] key) {
    this(id(key), hmac(key));
  }

  private ValueKey(String id, UnaryOperator<byte[]> hmac) {
    this.id = id;
    this.hmac = hmac;
  }

  /** The key of a log that is in use, which stays with the log's keys. */
  static ValueKey of(AuditKeys keys) {
    return new ValueKey(
        keys.valueKeyId(), message -> HexFormat.of().parseHex(keys.valueDigest(message)));
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
    Hashes lent = hashes.take();
    lent.use(tenant);
    return lent;
  }

  private SecretKeySpec tenantKey(String tenant) {
    SecretKeySpec known = tenants.get(tenant);
    if (known != null) {
      return known;
    }
    byte[] message = (TENANT + tenant).getBytes(StandardCharsets.UTF_8);
    SecretKeySpec made = new SecretKeySpec(hmac.apply(message), ALGORITHM);
    if (tenants.size() < TENANTS_MAX) {
      tenants.put(tenant, made);
    }
    return made;
  }

  /** Makes hashes under one tenant's key. Used by one thread, then closed. */
  final class Hashes implements AutoCloseable {
    private final Mac mac = mac();
    private @Nullable String tenant;

    /** Setting up a key costs as much as hashing, and the next call is often the same tenant's. */
    private void use(String wanted) {
      if (!wanted.equals(tenant)) {
        init(mac, tenantKey(wanted));
        tenant = wanted;
      }
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
      hashes.give(this);
    }
  }

  private static String id(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a value key has " + KEY_BYTES + " bytes");
    }
    return AuditKeys.valueKeyId(key);
  }

  private static Mac mac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static UnaryOperator<byte[]> hmac(byte[] key) {
    SecretKeySpec copy = new SecretKeySpec(key, ALGORITHM);
    return message -> {
      Mac mac = mac();
      init(mac, copy);
      return mac.doFinal(message);
    };
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
