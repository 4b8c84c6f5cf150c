package io.mcpgovernor.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Writes logs as the format says, in memory until they are asked for. */
final class WrittenLog {
  static final String ORIGIN = "mcp-governor/0123456789abcdef0123456789abcdef";

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<StringBuilder> segments = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final PlainTree tree = new PlainTree();
  private final List<SigningKey> signers = new ArrayList<>();
  private String prev = "0".repeat(64);

  WrittenLog(SigningKey... signers) {
    this.signers.addAll(List.of(signers));
    segments.add(new StringBuilder());
  }

  /** A log with all kinds of records, in several segments. */
  static WrittenLog small(SigningKey key) {
    WrittenLog log = new WrittenLog(key);
    log.attempt("call-1").outcome("call-1").denied().checkpoint();
    log.admin("grant.tenant", "{\"tenant\":\"t\\u00e4\"}").rotate();
    log.attempt("call-2").outcome("call-2").rotate();
    return log.attempt("call-3").checkpoint().outcome("call-3").checkpoint();
  }

  /** What the next checkpoints are signed with. */
  WrittenLog signedBy(SigningKey... keys) {
    signers.clear();
    signers.addAll(List.of(keys));
    return this;
  }

  WrittenLog attempt(String callId) {
    return call("attempt", "pending", callId);
  }

  WrittenLog outcome(String callId) {
    return call("outcome", "success", callId);
  }

  WrittenLog denied() {
    return call("denied", "error", "denied-" + tree.size());
  }

  private WrittenLog call(String event, String status, String callId) {
    return record(
        event,
        status,
        "alice",
        "get_customer",
        "\"arguments\":{\"id\":[1,2.5e3,-0,null,true,\"J\u00f6rg \uD83D\uDE00 \\\"\"]},\"call_id\":\""
            + callId
            + "\"");
  }

  WrittenLog admin(String action, String arguments) {
    return record("admin", "success", "system", action, "\"arguments\":" + arguments);
  }

  WrittenLog recovered(String arguments) {
    return record("recovered", "success", "system", "audit.recover", "\"arguments\":" + arguments);
  }

  WrittenLog calls(int count) {
    for (int i = 0; i < count; i += 2) {
      attempt("c" + tree.size()).outcome("c" + (tree.size() - 1));
    }
    return this;
  }

  /** Covers everything before it. */
  WrittenLog checkpoint() {
    return checkpoint(tree.size());
  }

  WrittenLog checkpoint(int size) {
    String note = note(size);
    notes.add(note);
    String frontier =
        tree.frontier(size).stream()
            .map(root -> "\"" + hex(root) + "\"")
            .collect(Collectors.joining(","));
    return record(
        "checkpoint",
        "success",
        "system",
        "audit.checkpoint",
        "\"checkpoint\":{\"size\":"
            + size
            + ",\"note\":\""
            + note.replace("\n", "\\n")
            + "\",\"frontier\":["
            + frontier
            + "]}");
  }

  /** A signed note over the first records. */
  String note(int size) {
    String text =
        signers.get(0).origin()
            + "\n"
            + size
            + "\n"
            + Base64.getEncoder().encodeToString(tree.root(size))
            + "\ntime 2026-01-01T00:00:09Z\n";
    return text + "\n" + signers.stream().map(key -> key.sign(text)).collect(Collectors.joining());
  }

  /** The next segment, which begins with a checkpoint. */
  WrittenLog rotate() {
    segments.add(new StringBuilder());
    return tree.size() == 0 ? this : checkpoint();
  }

  WrittenLog record(String event, String status, String user, String tool, String more) {
    int seq = tree.size() + 1;
    String body =
        String.format(
                Locale.ROOT,
                "{\"timestamp\":\"%s\",\"user_id\":\"%s\",\"tenant_id\":null,\"tool_name\":\"%s\","
                    + "\"status\":\"%s\",\"event\":\"%s\",",
                START.plusMillis(seq),
                user,
                tool,
                status,
                event)
            + more;
    return line(body);
  }

  /** A record that begins like this; what chains it is added. */
  WrittenLog line(String body) {
    String hashed = body + ",\"seq\":" + (tree.size() + 1) + ",\"prev\":\"" + prev + "\"";
    byte[] hash = PlainTree.sha256(hashed.getBytes(StandardCharsets.UTF_8));
    prev = hex(hash);
    tree.add(hash);
    String line = hashed + ",\"hash\":\"" + prev + "\"}";
    lines.add(line);
    return raw(line + "\n");
  }

  /** Bytes that are no record. */
  WrittenLog raw(String text) {
    segments.get(segments.size() - 1).append(text);
    return this;
  }

  /** Forgets the last records, as far as the chain goes; their lines stay where they are. */
  WrittenLog giveUpLast(int count) {
    int kept = tree.size() - count;
    WrittenLog again = new WrittenLog(signers.toArray(new SigningKey[0]));
    again.segments.clear();
    again.segments.addAll(segments);
    again.notes.addAll(notes);
    for (String line : lines.subList(0, kept)) {
      int end = line.indexOf(",\"hash\":\"", line.length() - 80);
      byte[] hash = PlainTree.sha256(line.substring(0, end).getBytes(StandardCharsets.UTF_8));
      again.tree.add(hash);
      again.prev = hex(hash);
      again.lines.add(line);
    }
    return again;
  }

  List<String> lines() {
    return lines;
  }

  List<String> notes() {
    return notes;
  }

  int size() {
    return tree.size();
  }

  PlainTree tree() {
    return tree;
  }

  /** The segments' bytes. */
  List<byte[]> segments() {
    return segments.stream().map(text -> text.toString().getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Writes all segments, and nothing else, into a directory. */
  Path write(Path directory) throws IOException {
    return write(segments(), directory);
  }

  static Path write(List<byte[]> segments, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> old = Files.list(directory)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (int i = 0; i < segments.size(); i++) {
      Files.write(directory.resolve(name(i + 1)), segments.get(i));
    }
    return directory;
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "audit-%06d.jsonl", number);
  }

  /** Puts the compressed file in the place of the plain one. */
  static void compress(Path directory, int number) throws IOException {
    Path plain = directory.resolve(name(number));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve(name(number) + ".gz")))) {
      Files.copy(plain, out);
    }
    Files.delete(plain);
  }

  /** Puts public keys beside a log. */
  static void keysBeside(Path directory, SigningKey... keys) throws IOException {
    Path beside =
        Files.createDirectories(directory.resolveSibling(directory.getFileName() + ".keys"));
    for (SigningKey key : keys) {
      Files.writeString(beside.resolve("checkpoint-" + key.id() + ".pub"), key.vkey() + "\n");
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
