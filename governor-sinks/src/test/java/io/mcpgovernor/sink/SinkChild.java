package io.mcpgovernor.sink;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another process that appends records and sends them, until somebody kills it. */
final class SinkChild {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private SinkChild() {}

  static Process start(URI receiver, Path audit) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                SinkChild.class.getName(),
                receiver.toString(),
                audit.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Says the number of each record that is kept. */
  public static void main(String[] arguments) throws IOException {
    Path audit = Path.of(arguments[1]);
    AuditLog log =
        AuditLog.withSinks(
            JsonlAuditLog.open(audit, Durability.FSYNC),
            List.of(
                HttpAuditSinkTest.sink(URI.create(arguments[0]), audit).batch(7, 1 << 20).build()));
    for (int i = 0; ; i++) {
      OUT.println(log.append(HttpAuditSinkTest.record("r" + i)).toCompletableFuture().join().seq());
    }
  }
}
