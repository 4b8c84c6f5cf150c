package io.mcpgovernor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another process that governs calls of alice until somebody kills it. */
final class GovernorChild {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private GovernorChild() {}

  static Process start(Path directory, int callsMax) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                GovernorChild.class.getName(),
                directory.toString(),
                String.valueOf(callsMax)))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Calls from two threads without end, and says of each call that it ran. */
  public static void main(String[] arguments) {
    Governor governor =
        Governor.builder()
            .auditTo(Path.of(arguments[0]))
            .callsPerHour(Integer.parseInt(arguments[1]))
            .build();
    CustomerTool.allowAlice(governor);
    CustomerTool tool = new CustomerTool();
    for (int i = 0; i < 2; i++) {
      new Thread(
              () -> {
                while (governor.call(CustomerTool.call(), tool.handler())
                    instanceof CallOutcome.Released) {
                  OUT.println("ran");
                }
                OUT.println("refused");
              })
          .start();
    }
  }
}
