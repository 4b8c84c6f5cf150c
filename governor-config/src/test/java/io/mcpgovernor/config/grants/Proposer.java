package io.mcpgovernor.config.grants;

import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.Grant.Effect;
import io.mcpgovernor.policy.Grant.What;
import io.mcpgovernor.policy.GrantChange;
import io.mcpgovernor.policy.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** Another process, which hands in grants and says of each that it is kept. */
final class Proposer {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Proposer() {}

  static Process start(Path store, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Proposer.class.getName(),
            store.toString(),
            String.valueOf(count))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Lets user0, user1, ... reach acme. */
  public static void main(String[] arguments) {
    try (SqlGrantStore store = SqlGrantStore.open(Path.of(arguments[0]))) {
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        store.propose(
            GrantChange.put(
                new Grant(
                    Subject.user("user" + i),
                    What.TENANT,
                    "acme",
                    Effect.GRANT,
                    null,
                    "ticket 7",
                    "carol",
                    Instant.now())));
        OUT.println("user" + i);
      }
    }
  }
}
