package io.mcpgovernor.cli.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that says where it listens, with the Java and the class path of this process. */
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final int END_SECONDS = 60;

  private final Process process;
  private final URI uri;

  private ServerProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts one; when this returns, it listens.
   *
   * @param directory where it runs, and what it says is kept
   */
  static ServerProcess start(Path directory, Class<?> program, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        drain(output, directory.resolve("process.log"));
        return new ServerProcess(process, URI.create(line.substring(LISTENING.length())));
      }
      said.append(line).append('\n');
    }
    throw new IOException(program.getSimpleName() + " did not start:\n" + said);
  }

  private static void drain(BufferedReader output, Path log) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (output;
                  var file = Files.newBufferedWriter(log)) {
                output.transferTo(file);
              } catch (IOException e) {
                // The process has ended, and nobody looks at the rest of its log.
              }
            });
  }

  URI uri() {
    return uri;
  }

  /** Ends it as a signal does, and waits until it has ended: its records are on disk then. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the process did not end at a signal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
