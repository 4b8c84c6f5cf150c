package io.mcpgovernor.cli.gateway;

import io.mcpgovernor.call.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A {@code governor run} as a client starts it. */
final class Run implements AutoCloseable {
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";

  private final Process process;
  private final Path stderr;
  private final BufferedReader out;
  private final BufferedWriter in;

  private Run(Process process, Path stderr) {
    this.process = process;
    this.stderr = stderr;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts one whose home is a directory. */
  static Run start(Path home, String... words) throws IOException {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of("io.mcpgovernor.cli.Main", "run"));
    command.addAll(List.of(words));
    Path stderr = Files.createTempFile(home, "stderr", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(stderr.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());
    environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
    return new Run(builder.start(), stderr);
  }

  /** The words that start the server with one tool, {@code echo}. */
  static List<String> server() {
    List<String> command = new ArrayList<>(java());
    command.add(RehearsalServer.class.getName());
    return command;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"));
  }

  void initialize() throws IOException {
    ask(INITIALIZE);
    tell("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  String call(int id, String text) throws IOException {
    return ask(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":"
            + new String(Json.of(text).utf8(), StandardCharsets.UTF_8)
            + "}}}");
  }

  void tell(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  String ask(String line) throws IOException {
    tell(line);
    return line();
  }

  String line() throws IOException {
    return Objects.requireNonNull(out.readLine(), () -> "it ended: " + stderr());
  }

  /** Ends the input; what it still writes, and its exit code. */
  int end(List<String> rest) throws Exception {
    in.close();
    out.lines().forEach(rest::add);
    return code();
  }

  int code() throws Exception {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end: " + stderr());
    }
    return process.exitValue();
  }

  void terminate() {
    process.destroy();
  }

  String stderr() {
    try {
      return Files.readString(stderr);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
