package io.mcpgovernor.gateway;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.gateway.http.Authenticator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in front of a {@link ScriptedServer}, reached over HTTP. Callers say who they are in a
 * header, and are believed.
 */
final class GatewayUnderTest implements AutoCloseable {
  static final String USER = "X-Test-User";

  private final Path directory;
  private final Gateway gateway;
  private final Queue<String> stderr = new ConcurrentLinkedQueue<>();

  private GatewayUnderTest(Path directory, String yaml, Function<Path, Governor> engine)
      throws IOException {
    this.directory = directory;
    Path file = Files.writeString(directory.resolve("governor.yaml"), yaml);
    gateway =
        Gateway.start(
            ConfigFile.read(file), engine.apply(file), GatewayUnderTest::authenticate, stderr::add);
  }

  /** Before a server over HTTP. */
  static GatewayUnderTest before(ScriptedServer server, Path directory, String... more)
      throws IOException {
    return of("{ url: \"" + server.uri() + "\" }", directory, more);
  }

  /** Before a server that is processes. */
  static GatewayUnderTest beforeProcesses(ScriptedServer server, Path directory, String... more)
      throws IOException {
    return of("{ command: " + quoted(server.command()) + " }", directory, more);
  }

  /** Before a server as the configuration says it. */
  static GatewayUnderTest of(String server, Path directory, String... more) throws IOException {
    return new GatewayUnderTest(directory, yaml(server, more), Governor::fromConfig);
  }

  /** The same, with an engine of one's own. */
  static GatewayUnderTest of(
      String server, Path directory, Function<Path, Governor> engine, String... more)
      throws IOException {
    return new GatewayUnderTest(directory, yaml(server, more), engine);
  }

  /** A configuration in which nothing but what a test adds denies a call. */
  static String yaml(String server, String... more) {
    List<String> lines = new ArrayList<>(List.of("listen: 127.0.0.1:0"));
    lines.add("servers: { crm: " + server + " }");
    if (Stream.of(more).noneMatch(line -> line.startsWith("limits:"))) {
      lines.add("limits: { rate: 1000000/1h, denials_minute: 1000000, concurrency: 256 }");
    }
    lines.add("grants: { users: { alice: { permissions: [PII_READ] } } }");
    lines.add("audit: { dir: audit, durability: flush }");
    lines.addAll(List.of(more));
    return String.join("\n", lines) + "\n";
  }

  static String quoted(List<String> words) {
    return words.stream().map(word -> "\"" + word + "\"").toList().toString();
  }

  private static Authenticator.Verdict authenticate(Authenticator.Credentials credentials) {
    List<String> user = credentials.header(USER);
    return new Authenticator.Accepted(
        Principal.verified(user.isEmpty() ? "alice" : user.getFirst()));
  }

  WireClient client() {
    return new WireClient(gateway.endpoints().getFirst());
  }

  @Nullable URI adminAddress() {
    return gateway.adminAddress();
  }

  /** What the server's processes logged. */
  List<String> stderr() {
    return List.copyOf(stderr);
  }

  /** The audit log's records, in their order. */
  List<Map<String, @Nullable Object>> records() throws IOException {
    return records(directory.resolve("audit"));
  }

  static List<Map<String, @Nullable Object>> records(Path audit) throws IOException {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(audit)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          Map<String, @Nullable Object> record =
              Json.lenient(line.getBytes(StandardCharsets.UTF_8)).object();
          if (record.containsKey("event")) {
            records.add(record);
          }
        }
      }
    }
    return records;
  }

  /** Records of calls as {@code event status tool}, in their order. */
  List<String> calls() throws IOException {
    return records().stream()
        .filter(record -> !"admin".equals(record.get("event")))
        .map(
            record ->
                record.get("event") + " " + record.get("status") + " " + record.get("tool_name"))
        .toList();
  }

  /** The audit log as it is. */
  String log() throws IOException {
    StringBuilder log = new StringBuilder();
    try (Stream<Path> files = Files.list(directory.resolve("audit"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        log.append(Files.readString(file));
      }
    }
    return log.toString();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
