package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.upstream.AnswerForm;
import io.mcpgovernor.bench.upstream.LightUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Starts what is measured and what it is measured with. */
final class Processes {
  /** The governor's heap where it is limited. */
  static final String SMALL_HEAP = "-Xmx256m";

  /** What the governor knows its callers by, unless tokens are measured. */
  static final String EVERYONE = "everyone: { user: bench }";

  private Processes() {}

  /** The words that start the light upstream on the Java that runs this. */
  static List<String> upstreamCommand(List<String> flags, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    words.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LightUpstream.class.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  static ServerProcess upstream(int port, AnswerForm form) throws IOException {
    List<String> flags = List.of("-XX:+UseSerialGC", "-Xmx512m");
    String[] arguments = {
      "http", Integer.toString(port), form.name().toLowerCase(Locale.ROOT), "sessions"
    };
    return ServerProcess.start(upstreamCommand(flags, arguments), Map.of());
  }

  /**
   * Starts {@code governor serve} with everything on: all policies with limits nobody reaches, a
   * rule that never holds, masking, and the audit log.
   *
   * @param words that start the governor
   * @param directory for its files
   * @param identity how it knows its callers
   * @param durability of its log
   * @param environment beside what this process has
   */
  static ServerProcess governor(
      List<String> words,
      Path directory,
      String identity,
      URI upstream,
      String durability,
      Map<String, String> environment)
      throws IOException {
    Path file = directory.resolve("governor.yaml");
    Files.writeString(
        file,
        """
        listen: 127.0.0.1:0
        servers:
          light: { url: "%s" }
        identity:
          %s
        limits:
          rate: 1000000/1s
          concurrency: 1024
          complexity: 100000
          tools: { running: 1024, waiting: 4096 }
        rules:
          - name: no-huge-results
            when: tool.name == "echo" && args.bytes > 100000000
            deny: { reason: "Nobody asks for that much.", suggestions: ["Ask for less."] }
        grants: { users: { bench: { permissions: [PII_READ] } } }
        audit: { dir: audit, durability: %s, keep_bytes: 4GiB }
        """
            .formatted(upstream, identity, durability));
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("serve", "-f", file.toString()));
    return ServerProcess.start(command, environment);
  }
}
