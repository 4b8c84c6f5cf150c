package io.mcpgovernor.cli.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What a command that reads logs gave. */
record Ran(int code, String out, String err) {
  /** Runs a command in this process. */
  static Ran here(ReadsLogs command, Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    command.writeTo(out::writeBytes);
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(err))
            .execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
    return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  /** Runs {@code governor audit} as a process of its own. */
  static Ran process(Map<String, String> environment, String input, Object... words)
      throws IOException, InterruptedException {
    Process process = start(environment, words);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading, which its code tells.
    }
    StringBuilder err = new StringBuilder();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    err.append(
                        new String(
                            process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
                  } catch (IOException e) {
                    err.append(e);
                  }
                });
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    reader.join();
    return new Ran(process.waitFor(), out, err.toString());
  }

  static Process start(Map<String, String> environment, Object... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpgovernor.cli.Main",
                "audit"));
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.start();
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
