package io.mcpgovernor.cli.differential;

import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A way through which calls are governed: a running program, and what it puts on record. */
final class Door {
  /** The two. */
  enum Kind {
    /** The server itself is governed, by the library. */
    LIBRARY,
    /** The server is bare, and the gateway stands before it. */
    GATEWAY
  }

  private static final int RECORDS_MAX = 1_000_000;

  private final Kind kind;
  private final Path home;

  /**
   * Not started yet.
   *
   * @param home its directory, with the configuration file and the keys of the log
   */
  Door(Kind kind, Path home) {
    this.kind = kind;
    this.home = home;
  }

  /** Starts the program, makes the calls one after another, and ends it. */
  List<WireAnswer> answers(List<GeneratedCall> calls) throws IOException, InterruptedException {
    String file = home.resolve("governor.yaml").toString();
    Path log = home.resolve("process.log");
    try (ServerProcess process =
            kind == Kind.LIBRARY
                ? ServerProcess.start(log, FixtureServer.class, file)
                : ServerProcess.start(log, Main.class, "serve", "-f", file);
        RawClient client = new RawClient(process.uri())) {
      List<WireAnswer> answers = new ArrayList<>();
      for (GeneratedCall call : calls) {
        answers.add(client.ask(call.number(), call.message()));
      }
      return answers;
    }
  }

  /** Its records, oldest first, once it has ended. */
  List<Map<String, @Nullable Object>> records() throws IOException {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (Json record : JsonlAuditLog.readLogs(home.resolve("audit"), RECORDS_MAX)) {
      records.add(record.object());
    }
    Collections.reverse(records);
    return records;
  }

  /** What the program said besides. */
  String log() throws IOException {
    Path log = home.resolve("process.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
