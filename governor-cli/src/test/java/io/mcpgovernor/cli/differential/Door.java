package io.mcpgovernor.cli.differential;

import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A way through which calls are governed: a program, and what it puts on record. */
final class Door {
  /** The two. */
  enum Kind {
    /** The server itself is governed, by the library. */
    LIBRARY,
    /** The server is bare, and the gateway stands before it. */
    GATEWAY
  }

  /** What a client hears: the list of tools, and an answer to each call. */
  record Heard(WireAnswer tools, List<WireAnswer> answers) {}

  private static final int RECORDS_MAX = 1_000_000;

  private final Kind kind;
  private final Path home;
  private final Path tools;

  /**
   * Not started yet.
   *
   * @param home its directory, with the configuration file and the keys of the log
   * @param tools the directory in which tools run
   */
  Door(Kind kind, Path home, Path tools) {
    this.kind = kind;
    this.home = home;
    this.tools = tools;
  }

  /** Starts the program, makes the calls one after another, and ends it. */
  Heard hear(List<GeneratedCall> calls) throws IOException, InterruptedException {
    try (ServerProcess process =
            kind == Kind.LIBRARY
                ? ServerProcess.start(home, FixtureServer.class, "governor.yaml")
                : ServerProcess.start(home, Main.class, "serve", "-f", "governor.yaml");
        RawClient client = new RawClient(process.uri())) {
      WireAnswer list =
          client
              .ask(0, "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"tools/list\",\"params\":{}}")
              .join();
      return new Heard(list, answers(client, calls));
    }
  }

  /** One after another, but for a call that is held: it goes on while others are made. */
  private List<WireAnswer> answers(RawClient client, List<GeneratedCall> calls)
      throws InterruptedException, IOException {
    List<CompletableFuture<WireAnswer>> answers = new ArrayList<>();
    HeldCall held = null;
    for (GeneratedCall call : calls) {
      CompletableFuture<WireAnswer> answer = client.ask(call.number(), call.message());
      answers.add(answer);
      if (call.tool().equals(FixtureTool.HOLDS.toolName())) {
        held = HeldCall.begun(tools, answer);
      } else {
        answer.join();
      }
      if (held != null && held.isOverAfter(call)) {
        held.end();
        held = null;
      }
    }
    if (held != null) {
      held.end();
    }
    return answers.stream().map(CompletableFuture::join).toList();
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
}
