package io.mcpgovernor.bench.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log of any size as fast as the disk takes it: attempts and outcomes of about 600 bytes,
 * chained and checkpointed, without the engine and without waiting for the disk. Used once. Not
 * thread-safe.
 */
public final class LogOfSize {
  private static final String ORIGIN = "mcp-governor/00000000000000000000000000000000";
  private static final int CHECKPOINT_RECORDS = 1_024;
  private static final long SEGMENT_BYTES = 128L << 20;
  private static final int BUFFER_BYTES = 1 << 20;
  // Makes an attempt and its outcome about 600 bytes each, as the engine's are.
  private static final String REST =
      ",\"principal_source\":\"verified\",\"principal_issuer\":\"https://issuer.example\",\"server\":\"crm\","
          + "\"tool_pin\":\"6b86b273ff34fce19d6b804eff5a3f57\",\"overhead_us\":41,\"bytes\":512,"
          + "\"grants_epoch\":17";

  private final Path directory;
  private final MessageDigest sha256;
  private final KeyPair key;
  private final byte[] keyHash;
  private final byte[] typedKey;
  // Roots of perfect subtrees by height; null where the tree has none.
  private final byte[] @Nullable [] frontier = new byte[64][];
  private byte[] prev = new byte[32];
  private OutputStream out = OutputStream.nullOutputStream();
  private long seq;
  private long covered;
  private long inSegment;
  private long bytes;
  private int segments;

  private LogOfSize(Path directory) throws GeneralSecurityException {
    this.directory = directory;
    sha256 = MessageDigest.getInstance("SHA-256");
    key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = key.getPublic().getEncoded();
    typedKey = new byte[33];
    typedKey[0] = 1;
    System.arraycopy(encoded, encoded.length - 32, typedKey, 1, 32);
    sha256.update((ORIGIN + "\n").getBytes(StandardCharsets.UTF_8));
    keyHash = Arrays.copyOf(sha256.digest(typedKey), 4);
  }

  /**
   * What was written.
   *
   * @param records with checkpoints
   * @param bytes of all of them
   * @param verifierKey the log's public key
   */
  public record Written(long records, long bytes, String verifierKey) {}

  /**
   * Writes at least so many records into an empty directory.
   *
   * @throws IOException if the disk does not take them
   */
  public static Written write(Path directory, long records) throws IOException {
    try {
      LogOfSize log = new LogOfSize(directory);
      log.records(records);
      String verifierKey =
          ORIGIN
              + "+"
              + HexFormat.of().formatHex(log.keyHash)
              + "+"
              + Base64.getEncoder().encodeToString(log.typedKey);
      return new Written(log.seq, log.bytes, verifierKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has these", e);
    }
  }

  private void records(long records) throws IOException, GeneralSecurityException {
    try {
      nextSegment();
      while (seq < records) {
        call(seq);
        if (seq - covered >= CHECKPOINT_RECORDS) {
          checkpoint();
        }
        if (inSegment >= SEGMENT_BYTES) {
          nextSegment();
          checkpoint();
        }
      }
      checkpoint();
    } finally {
      out.close();
    }
  }

  private void nextSegment() throws IOException {
    out.close();
    String name = String.format(Locale.ROOT, "audit-%06d.jsonl", ++segments);
    out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)), BUFFER_BYTES);
    inSegment = 0;
  }

  private void call(long number) throws IOException {
    String id = "018f0000-0000-7000-8000-" + Long.toHexString(number | 0x100000000000L);
    line(
        "{\"timestamp\":\"2026-01-01T00:00:00.000001Z\",\"user_id\":\"user-"
            + number % 1_000
            + "\",\"tenant_id\":\"tenant-1\",\"tool_name\":\"get_customer\","
            + "\"arguments\":{\"customer_id\":"
            + number
            + "},\"result\":null,\"validation\":null,\"execution_time_ms\":0.0,\"error\":null,"
            + "\"status\":\"pending\",\"event\":\"attempt\",\"call_id\":\""
            + id
            + "\""
            + REST);
    line(
        "{\"timestamp\":\"2026-01-01T00:00:00.000042Z\",\"user_id\":\"user-"
            + number % 1_000
            + "\",\"tenant_id\":\"tenant-1\",\"tool_name\":\"get_customer\",\"arguments\":null,"
            + "\"result\":{\"email\":\"***@***.com\",\"phone\":\"(***) ***-****\"},"
            + "\"validation\":null,\"execution_time_ms\":1.5,\"error\":null,"
            + "\"status\":\"success\",\"event\":\"outcome\",\"call_id\":\""
            + id
            + "\""
            + REST);
  }

  private void checkpoint() throws IOException, GeneralSecurityException {
    covered = seq;
    byte[] root = null;
    List<String> roots = new ArrayList<>();
    for (int height = 0; height < frontier.length; height++) {
      byte[] subtree = frontier[height];
      if (subtree != null) {
        roots.add(0, "\"" + HexFormat.of().formatHex(subtree) + "\"");
        root = root == null ? subtree : pair(subtree, root);
      }
    }
    String text =
        ORIGIN
            + "\n"
            + seq
            + "\n"
            + Base64.getEncoder().encodeToString(root)
            + "\ntime 2026-01-01T00:00:00Z\n";
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initSign(key.getPrivate());
    ed25519.update(text.getBytes(StandardCharsets.UTF_8));
    byte[] signature = ed25519.sign();
    byte[] signed = Arrays.copyOf(keyHash, keyHash.length + signature.length);
    System.arraycopy(signature, 0, signed, keyHash.length, signature.length);
    String note =
        text + "\n\u2014 " + ORIGIN + " " + Base64.getEncoder().encodeToString(signed) + "\n";
    line(
        "{\"timestamp\":\"2026-01-01T00:00:00.000099Z\",\"user_id\":\"system\","
            + "\"tenant_id\":null,\"tool_name\":\"audit.checkpoint\",\"arguments\":null,"
            + "\"result\":null,\"validation\":null,\"execution_time_ms\":0.0,\"error\":null,"
            + "\"status\":\"success\","
            + "\"event\":\"checkpoint\",\"checkpoint\":{\"size\":"
            + seq
            + ",\"note\":\""
            + note.replace("\n", "\\n")
            + "\",\"frontier\":["
            + String.join(",", roots)
            + "]}");
    covered = seq;
  }

  private void line(String begun) throws IOException {
    String hashed =
        begun + ",\"seq\":" + ++seq + ",\"prev\":\"" + HexFormat.of().formatHex(prev) + "\"";
    byte[] utf8 = hashed.getBytes(StandardCharsets.UTF_8);
    prev = sha256.digest(utf8);
    out.write(utf8);
    byte[] rest =
        (",\"hash\":\"" + HexFormat.of().formatHex(prev) + "\"}\n")
            .getBytes(StandardCharsets.US_ASCII);
    out.write(rest);
    inSegment += utf8.length + rest.length;
    bytes += utf8.length + rest.length;
    sha256.update((byte) 0);
    byte[] node = sha256.digest(prev);
    int height = 0;
    for (byte[] left = frontier[0]; left != null; left = frontier[height]) {
      node = pair(left, node);
      frontier[height++] = null;
    }
    frontier[height] = node;
  }

  private byte[] pair(byte[] left, byte[] right) {
    sha256.update((byte) 1);
    sha256.update(left);
    return sha256.digest(right);
  }
}
