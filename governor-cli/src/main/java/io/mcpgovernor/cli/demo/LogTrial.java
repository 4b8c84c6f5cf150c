package io.mcpgovernor.cli.demo;

import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.Replay;
import io.mcpgovernor.Replay.Replayed;
import io.mcpgovernor.cli.audit.Trouble;
import io.mcpgovernor.cli.demo.Happening.Tried;
import io.mcpgovernor.cli.replay.LogReplay;
import io.mcpgovernor.cli.replay.ReplayTally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Replays the logs of the story under other settings, as {@code governor replay} does. */
final class LogTrial {
  private LogTrial() {}

  /** Reads the logs while they are open. */
  static Tried of(List<Path> directories, String what, GovernorBuilder candidate) {
    try {
      ReplayTally tally =
          new LogReplay(
                  new Replay(candidate, List.of()), Long.MIN_VALUE, null, (records, last) -> {})
              .run(directories.stream().filter(Files::isDirectory).toList(), new Trouble());
      return new Tried(
          what,
          tally.calls(),
          tally.toDenied(),
          tally.toAllowed(),
          tally.unreplayable(),
          tally.denied().stream().map(LogTrial::shown).findFirst().orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(Replayed flip) {
    return flip.user() + "'s " + flip.tool() + " would be denied with " + flip.codeNow();
  }
}
