package io.mcpgovernor.cli.grants;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Until when something counts that is given: a time, or a while from now on. */
public final class End {
  @Option(
      names = "--until",
      paramLabel = "TIME",
      required = true,
      converter = Until.class,
      description = "Until a time: 2027-01-01T00:00Z, or 2027-01-01; UTC unless it says.")
  private @Nullable Instant until;

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      required = true,
      converter = Span.class,
      description = "For a while: 90s, 15m, 8h or 7d.")
  private @Nullable Instant spanEnd;

  /** Made by the command line. */
  public End() {}

  /** When that is; null if nothing was said. */
  public static @Nullable Instant of(@Nullable End end) {
    return end == null ? null : end.until != null ? end.until : end.spanEnd;
  }
}
