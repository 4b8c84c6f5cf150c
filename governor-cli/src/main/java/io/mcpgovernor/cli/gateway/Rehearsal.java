package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.cli.demo.TemporaryTree;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code governor run} once before a server of our own, and has Java keep what it loaded and
 * learned (JEP 483, JEP 514, JEP 515), so that the next starts are quicker.
 */
final class Rehearsal {
  private static final int WAIT_SECONDS = 120;

  private static final List<String> LINES =
      List.of(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
              + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"rehearsal\","
              + "\"version\":\"1\"}}}",
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
          "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
              + "\"arguments\":{\"text\":\"Mail jane.doe@example.com or call 555-123-4567.\"}}}",
          "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\"none\","
              + "\"arguments\":{}}}");

  private Rehearsal() {}

  /**
   * Writes the cache. It is there whole or not at all; of two that write it, the last one stays.
   *
   * @param java the program that starts Java
   * @param options those of later starts
   * @param classPath jars only, as in later starts
   * @throws IOException if it cannot be written, or the rehearsal fails
   */
  static void write(Path java, List<String> options, String classPath, Path cache)
      throws IOException, InterruptedException {
    Path written = cache.resolveSibling(cache.getFileName() + "." + ProcessHandle.current().pid());
    try (TemporaryTree home = TemporaryTree.named("mcp-governor-rehearsal-")) {
      // The first start makes keys and logs, and is unlike all others.
      play(run(java, options, List.of(), classPath, home.path()));
      play(run(java, options, List.of("-XX:AOTCacheOutput=" + written), classPath, home.path()));
      if (!Files.exists(written)) {
        throw new IOException("Java wrote no cache");
      }
      Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static Process run(
      Path java, List<String> options, List<String> more, String classPath, Path home)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(more);
    command.addAll(List.of("-cp", classPath, "io.mcpgovernor.cli.Main"));
    command.addAll(List.of("run", "--name", "rehearsal", "--"));
    command.addAll(List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.add(RehearsalServer.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(home.resolve("stderr").toFile());
    builder.environment().put("XDG_STATE_HOME", home.toString());
    builder.environment().put("XDG_CONFIG_HOME", home.toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private static void play(Process run) throws IOException, InterruptedException {
    try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
      ask(run, out); // and then its input ends, it ends, and Java writes the cache
      if (!run.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("governor run did not end");
      }
    } finally {
      run.destroyForcibly();
    }
  }

  private static void ask(Process run, BufferedReader out) throws IOException {
    try (BufferedWriter in = run.outputWriter(StandardCharsets.UTF_8)) {
      for (String line : LINES) {
        in.write(line);
        in.newLine();
        in.flush();
        if (line.contains("\"id\"") && out.readLine() == null) {
          throw new IOException("governor run ended before it had answered");
        }
      }
    }
  }
}
