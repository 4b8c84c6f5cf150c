package io.mcpgovernor.cli.replay;

import io.mcpgovernor.Replay;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.cli.audit.Lines;
import io.mcpgovernor.cli.audit.LogEntry;
import io.mcpgovernor.cli.audit.Moment;
import io.mcpgovernor.cli.audit.ReadsLogs;
import io.mcpgovernor.cli.audit.Style;
import io.mcpgovernor.cli.audit.Trouble;
import io.mcpgovernor.config.file.ConfigException;
import io.mcpgovernor.config.file.ConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor replay}: what another configuration would have said to recorded calls. */
@Command(
    name = "replay",
    description = "Says which recorded calls another configuration would answer otherwise.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "All records are taken through the limits, in the order of their times; --since and",
      "--user say of which calls is told. What identity, schemas, tenants, permissions and",
      "masks came to is taken from the record. Where a decision depends on what no record",
      "says, such as a masked argument, the call cannot be replayed: nothing is guessed.",
      "Exit codes: 0 replayed, 1 error or a segment that cannot be read, 2 wrong usage, 3",
      "with --fail-on-flip: a call flips, 4 bad configuration, 141 nobody reads the output."
    })
public final class ReplayCommand extends ReadsLogs {
  private static final int FLIPPED = 3;
  private static final int BAD_CONFIGURATION = 4;
  private static final long TELL_NANOS = 2_000_000_000L;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      required = true,
      description = "The other configuration, such as new.yaml.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path policy;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Calls not older: 90s, 15m, 2h or 7d ago, or as 2026-11-28T09:00:00Z.")
  private @Nullable Instant since;

  @Option(names = "--user", paramLabel = "USER", description = "Calls of this user_id.")
  private @Nullable String user;

  @Option(
      names = "--tools",
      paramLabel = "FILE",
      description =
          "A result of tools/list, for rules that ask for titles and annotations; used for calls of"
              + " tools that have not changed since.")
  private @Nullable Path tools;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--fail-on-flip", description = "Exit with 3 if any call flips.")
  private boolean failOnFlip;

  private long toldNanos = System.nanoTime();

  /** Made by the command line. */
  public ReplayCommand() {}

  @Override
  protected int read(List<Path> logs, Lines out, Trouble trouble) throws IOException {
    List<Tool> definitions = tools == null ? List.of() : ToolsFile.read(tools);
    ConfigFile candidate;
    Replay replay;
    try {
      candidate = ConfigFile.read(policy);
      replay = new Replay(candidate.builder(), definitions);
    } catch (ConfigException e) {
      e.problems().forEach(err()::println);
      err().flush();
      return BAD_CONFIGURATION;
    }
    ReplayTally tally =
        new LogReplay(
                replay, since == null ? Long.MIN_VALUE : Moment.micros(since), user, this::tell)
            .run(logs, trouble);
    if (json) {
      out.line(JsonWriter.bytes(new ReplayJson(tally, candidate)));
    } else {
      new ReplayText(out, Style.ofStandardOutput()).print(tally, candidate);
    }
    return failOnFlip && tally.toDenied() + tally.toAllowed() > 0 ? FLIPPED : 0;
  }

  private void tell(long records, LogEntry last) {
    if (records % 1_000 == 0 && System.nanoTime() - toldNanos >= TELL_NANOS) {
      toldNanos = System.nanoTime();
      err().println(records + " records replayed, to " + Moment.of(last.atMicros()));
      err().flush();
    }
  }
}
