package io.mcpgovernor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of one log, in a directory of their own beside the log's: whoever may read the records
 * need not be able to sign for them. Made at the first start; the directory has mode 700, its files
 * 600.
 *
 * <p>{@code origin} is the log's name, {@code checkpoint-<id>.key} and {@code .pub} sign
 * checkpoints and prove them (C2SP signed-note), {@code value-<id>.key} is for keyed digests of
 * values. Thread-safe.
 */
public final class AuditKeys {
  private static final Pattern ORIGIN = Pattern.compile("mcp-governor/[0-9a-f]{32}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
  private static final int VALUE_KEY_BYTES = 32;
  private static final String VALUE_KEY_NAME = "mcp-governor value key";

  private final Path directory;
  private final String origin;
  private final String valueKeyId;
  private final SecretKeySpec valueKey;
  private volatile CheckpointKey current;

  private AuditKeys(
      Path directory, String origin, CheckpointKey current, String valueKeyId, byte[] valueKey) {
    this.directory = directory;
    this.origin = origin;
    this.current = current;
    this.valueKeyId = valueKeyId;
    this.valueKey = new SecretKeySpec(valueKey, "HmacSHA256");
  }

  /** Where the keys of a log are unless said otherwise: {@code audit.keys} beside {@code audit}. */
  public static Path beside(Path auditDirectory) {
    Path directory = auditDirectory.toAbsolutePath().normalize();
    return directory.resolveSibling(directory.getFileName() + ".keys");
  }

  /**
   * Reads the keys.
   *
   * @throws IOException if they are not there, or not whole
   */
  public static AuditKeys read(Path directory) throws IOException {
    String origin = line(directory, "origin", ORIGIN);
    String id = line(directory, "current", ID);
    String valueId = line(directory, "current-value", ID);
    byte[] valueKey =
        HexFormat.of()
            .parseHex(
                line(directory, "value-" + valueId + ".key", Pattern.compile("[0-9a-f]{64}")));
    if (!valueKeyId(valueKey).equals(valueId)) {
      throw broken(directory, "value-" + valueId + ".key");
    }
    return new AuditKeys(
        directory, origin, checkpointKey(directory, origin, id), valueId, valueKey);
  }

  private static CheckpointKey checkpointKey(Path directory, String origin, String id)
      throws IOException {
    try {
      CheckpointKey key =
          CheckpointKey.read(
              origin,
              Files.readString(privateHalf(directory, id)),
              Files.readString(directory.resolve("checkpoint-" + id + ".pub")));
      if (!key.id().equals(id)) {
        throw broken(directory, "checkpoint-" + id + ".key");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IOException(broken(directory, "checkpoint-" + id + ".key").getMessage(), e);
    }
  }

  /**
   * Makes the keys of a new log. What an earlier attempt left half-made is made again.
   *
   * @throws IOException if they cannot be written
   */
  static AuditKeys create(Path directory) throws IOException {
    AuditDirectory.createDirectories(directory);
    SecureRandom random = new SecureRandom();
    byte[] name = new byte[16];
    random.nextBytes(name);
    String origin = "mcp-governor/" + HexFormat.of().formatHex(name);
    byte[] valueKey = new byte[VALUE_KEY_BYTES];
    random.nextBytes(valueKey);
    String valueId = valueKeyId(valueKey);
    CheckpointKey key = CheckpointKey.generate(origin);
    AuditKeys keys = new AuditKeys(directory, origin, key, valueId, valueKey);
    keys.write("origin", origin + "\n");
    keys.write("value-" + valueId + ".key", HexFormat.of().formatHex(valueKey) + "\n");
    keys.write("current-value", valueId + "\n");
    keys.store(key);
    keys.write("current", key.id() + "\n"); // the last one: with it, the keys are whole
    AuditDirectory.sync(directory);
    return keys;
  }

  /** Whether there are keys, whole ones. */
  static boolean exist(Path directory) {
    return Files.exists(directory.resolve("current"));
  }

  /** Where they are. */
  Path directory() {
    return directory;
  }

  /** The log's name: {@code mcp-governor/} and 32 hexadecimal digits. */
  public String origin() {
    return origin;
  }

  /** The id of the key that signs, eight hexadecimal digits. */
  public String checkpointKeyId() {
    return current.id();
  }

  /**
   * What proves checkpoints of the key that signs: give it to whoever verifies the log. One line, a
   * C2SP verifier key.
   */
  public String verifierKey() {
    return current.verifier();
  }

  /** The id of the key for digests of values, eight hexadecimal digits. */
  public String valueKeyId() {
    return valueKeyId;
  }

  /**
   * A digest of a value that nobody without the key can guess from: HMAC-SHA-256, 64 hexadecimal
   * digits.
   */
  public String valueDigest(byte[] value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(valueKey);
      return HexFormat.of().formatHex(mac.doFinal(value));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** The ids of the keys, the present one or earlier ones, that have signed a note, in order. */
  List<String> signers(String note) {
    int end = note.indexOf("\n\n");
    if (end < 0) {
      return List.of();
    }
    String text = note.substring(0, end + 1);
    return note.substring(end + 2)
        .lines()
        .map(line -> signer(line, text))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /** Who signed with a line; an empty text if nobody we know. */
  private String signer(String line, String text) {
    String prefix = "\u2014 " + origin + " ";
    if (!line.startsWith(prefix)) {
      return "";
    }
    try {
      byte[] signed = Base64.getDecoder().decode(line.substring(prefix.length()));
      String id = HexFormat.of().formatHex(signed, 0, Math.min(4, signed.length));
      Path verifier = directory.resolve("checkpoint-" + id + ".pub");
      return Files.exists(verifier)
              && CheckpointKey.verify(
                  Files.readString(verifier),
                  text.getBytes(StandardCharsets.UTF_8),
                  Arrays.copyOfRange(signed, 4, Math.max(4, signed.length)))
          ? id
          : "";
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return "";
    }
  }

  CheckpointKey current() {
    return current;
  }

  /** Makes a key that may sign from now on, beside the one that does. */
  CheckpointKey prepare() throws IOException {
    CheckpointKey next = CheckpointKey.generate(origin);
    store(next);
    AuditDirectory.sync(directory);
    return next;
  }

  /** Lets a key sign alone. The private half of the one before is deleted, the public one stays. */
  void switchTo(CheckpointKey next) throws IOException {
    CheckpointKey before = current;
    current = next;
    write("current", next.id() + "\n");
    AuditDirectory.sync(directory);
    retire(before.id());
  }

  /**
   * Makes good what a crash left undone of a change of keys that is on record.
   *
   * @param signers who signed its checkpoint, the old key first; nobody where there was none
   */
  void finish(List<String> signers) throws IOException {
    if (signers.size() < 2) {
      return;
    }
    String before = signers.get(0);
    String next = signers.get(signers.size() - 1);
    if (current.id().equals(before) && Files.exists(privateHalf(directory, next))) {
      switchTo(checkpointKey(directory, origin, next));
    } else if (current.id().equals(next) && Files.exists(privateHalf(directory, before))) {
      retire(before);
    }
  }

  private void retire(String id) throws IOException {
    Files.deleteIfExists(privateHalf(directory, id));
    AuditDirectory.sync(directory);
  }

  private static Path privateHalf(Path directory, String id) {
    return directory.resolve("checkpoint-" + id + ".key");
  }

  private void store(CheckpointKey key) throws IOException {
    write("checkpoint-" + key.id() + ".pub", key.verifier() + "\n");
    write("checkpoint-" + key.id() + ".key", key.pem());
  }

  /** Whole or not at all, and on disk. */
  private void write(String name, String text) throws IOException {
    Path temporary = directory.resolve(name + ".tmp");
    Files.deleteIfExists(temporary);
    try (FileChannel file = AuditDirectory.create(temporary)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String line(Path directory, String name, Pattern pattern) throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve(name));
    if (lines.size() != 1 || !pattern.matcher(lines.get(0)).matches()) {
      throw broken(directory, name);
    }
    return lines.get(0);
  }

  private static IOException broken(Path directory, String name) {
    return new IOException(
        "the key file " + directory.resolve(name) + " is damaged; put it back from a copy");
  }

  /**
   * Names a key for digests of values: eight hexadecimal digits of its SHA-256.
   *
   * @param key its bytes
   */
  public static String valueKeyId(byte[] key) {
    var sha256 = Sha256.create();
    sha256.update(VALUE_KEY_NAME.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(sha256.digest(key), 4));
  }
}
