package io.mcpgovernor.audit;

import io.mcpgovernor.call.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Walks a log from its files and public keys alone: every hash, every link, the tree at every
 * checkpoint and its signatures. Shares no code with what wrote it.
 */
final class LogChecker {
  private static final Pattern END =
      Pattern.compile(
          "(?s)(\\{.*,\"seq\":([1-9]\\d*),\"prev\":\"([0-9a-f]{64})\"),\"hash\":\"([0-9a-f]{64})\"}");
  private static final HexFormat HEX = HexFormat.of();

  private record Root(long leaves, byte[] hash) {}

  private final Path directory;
  private final Path keys;
  private final List<Root> roots = new ArrayList<>();
  private final List<Json> records = new ArrayList<>();
  private long seq;
  private String prev = "0".repeat(64);
  private long covered;
  private int checkpoints;

  private LogChecker(Path directory) {
    this.directory = directory;
    this.keys = directory.resolveSibling(directory.getFileName() + ".keys");
  }

  /** All records, checkpoints included, oldest first; fails at the first thing that is wrong. */
  static LogChecker check(Path directory) throws Exception {
    LogChecker checker = new LogChecker(directory);
    checker.walk();
    return checker;
  }

  List<Json> records() {
    return records;
  }

  /** How many records the last checkpoint covers. */
  long covered() {
    return covered;
  }

  int checkpoints() {
    return checkpoints;
  }

  long seq() {
    return seq;
  }

  private void walk() throws Exception {
    List<List<String>> segments = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Map.Entry<Integer, Path> file : files().entrySet()) {
      segments.add(lines(file.getValue()));
      names.add(file.getValue().getFileName().toString().replace(".gz", ""));
    }
    for (int i = 0; i < segments.size(); i++) {
      List<String> lines = segments.get(i);
      must(!lines.isEmpty(), names.get(i) + " is empty");
      long end = Long.MAX_VALUE;
      if (i + 1 < segments.size()) {
        end = seqOf(segments.get(i + 1).get(0));
        long next = end;
        if (lines.stream().anyMatch(line -> !END.matcher(line).matches() || seqOf(line) >= next)) {
          String second = segments.get(i + 1).get(1);
          must(
              second.contains("\"event\":\"recovered\"")
                  && second.contains("\"gave_up\":\"" + names.get(i) + "\""),
              "a tail of " + names.get(i) + " that nobody explains");
        }
      }
      boolean isFirst = true;
      for (String line : lines) {
        if (seq + 1 >= end) {
          break; // what a failed write left, be it whole lines or not
        }
        add(line, isFirst);
        isFirst = false;
      }
    }
  }

  private Map<Integer, Path> files() throws IOException {
    Map<Integer, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(directory)) {
      all.filter(file -> file.getFileName().toString().matches("audit-\\d{6,9}\\.jsonl(\\.gz)?"))
          .sorted() // so that the plain one of two comes first
          .forEach(
              file ->
                  files.putIfAbsent(
                      Integer.valueOf(file.getFileName().toString().split("[-.]")[1]), file));
    }
    return files;
  }

  private static List<String> lines(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(file)) {
      (file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in).transferTo(bytes);
    }
    String text = bytes.toString(StandardCharsets.ISO_8859_1); // a character a byte
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static long seqOf(String line) {
    Matcher end = END.matcher(line);
    must(end.matches(), "a line that ends otherwise: " + line);
    return Long.parseLong(end.group(2));
  }

  private void add(String line, boolean isFirstOfSegment) throws Exception {
    Matcher end = END.matcher(line);
    must(end.matches(), "a line that ends otherwise: " + line);
    Json record = Json.lenient(line.getBytes(StandardCharsets.ISO_8859_1));
    Map<String, Object> fields = record.object();
    boolean isCheckpoint = "checkpoint".equals(fields.get("event"));
    long number = Long.parseLong(end.group(2));
    if (isFirstOfSegment && number > 1) {
      must(isCheckpoint, "a segment that begins without a checkpoint");
      if (seq == 0) { // older segments are gone
        seq = number - 1;
        prev = end.group(3);
        restore((Map<?, ?>) fields.get("checkpoint"));
      }
    }
    must(number == seq + 1, "record " + number + " follows " + seq);
    must(end.group(3).equals(prev), "record " + number + " does not follow the one before");
    byte[] hash = sha256(end.group(1).getBytes(StandardCharsets.ISO_8859_1));
    must(HEX.formatHex(hash).equals(end.group(4)), "record " + number + " was changed");
    if (isCheckpoint) {
      checkpoint((Map<?, ?>) fields.get("checkpoint"));
    }
    push(new Root(1, sha256(new byte[] {0}, hash)));
    seq = number;
    prev = end.group(4);
    records.add(record);
  }

  private void restore(Map<?, ?> checkpoint) {
    List<?> frontier = (List<?>) checkpoint.get("frontier");
    int i = 0;
    for (int bit = 62; bit >= 0; bit--) {
      if ((seq >> bit & 1) == 1) {
        roots.add(new Root(1L << bit, HEX.parseHex((String) frontier.get(i++))));
      }
    }
    must(i == frontier.size(), "a frontier of another size");
  }

  private void push(Root root) throws Exception {
    Root right = root;
    while (!roots.isEmpty() && roots.get(roots.size() - 1).leaves() == right.leaves()) {
      Root left = roots.remove(roots.size() - 1);
      right = new Root(2 * right.leaves(), sha256(new byte[] {1}, left.hash(), right.hash()));
    }
    roots.add(right);
  }

  private void checkpoint(Map<?, ?> checkpoint) throws Exception {
    must(((Number) checkpoint.get("size")).longValue() == seq, "a checkpoint of another size");
    must(
        checkpoint
            .get("frontier")
            .equals(roots.stream().map(it -> HEX.formatHex(it.hash())).toList()),
        "another frontier");
    byte[] root = roots.isEmpty() ? sha256() : roots.get(roots.size() - 1).hash();
    for (int i = roots.size() - 2; i >= 0; i--) {
      root = sha256(new byte[] {1}, roots.get(i).hash(), root);
    }
    String note = (String) checkpoint.get("note");
    String[] parts = note.split("\n\n", 2);
    String origin = Files.readString(keys.resolve("origin")).strip();
    must(
        (parts[0] + "\n")
            .matches(
                Pattern.quote(
                        origin
                            + "\n"
                            + seq
                            + "\n"
                            + Base64.getEncoder().encodeToString(root)
                            + "\ntime ")
                    + "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z\n"),
        "a note about something else");
    must(!parts[1].isEmpty(), "a note without signatures");
    for (String signature : parts[1].split("\n")) {
      must(isSigned(parts[0] + "\n", signature, origin), "a wrong signature");
    }
    covered = seq;
    checkpoints++;
  }

  private boolean isSigned(String text, String line, String origin) throws Exception {
    must(line.startsWith("— " + origin + " "), "a signature of somebody else");
    byte[] signed = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
    String id = HEX.formatHex(signed, 0, 4);
    String[] verifier =
        Files.readString(keys.resolve("checkpoint-" + id + ".pub")).strip().split("\\+", 3);
    byte[] key = Base64.getDecoder().decode(verifier[2]);
    byte[] named =
        sha256((origin + "\n").getBytes(StandardCharsets.UTF_8), key); // 0x01 and the key
    must(
        verifier[0].equals(origin)
            && verifier[1].equals(id)
            && key.length == 33
            && key[0] == 1
            && HEX.formatHex(named, 0, 4).equals(id),
        "a verifier key with another name");
    byte[] encoded = HEX.parseHex("302a300506032b6570032100" + HEX.formatHex(key, 1, 33));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.verify(Arrays.copyOfRange(signed, 4, signed.length));
  }

  private static byte[] sha256(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static void must(boolean isTrue, String otherwise) {
    if (!isTrue) {
      throw new AssertionError(otherwise);
    }
  }
}
