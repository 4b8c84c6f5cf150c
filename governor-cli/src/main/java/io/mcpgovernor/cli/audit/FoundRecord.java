package io.mcpgovernor.cli.audit;

import java.nio.file.Path;

/** A record that was asked for: its log, its facts, and its line in the segment. */
public final class FoundRecord {
  private final Path log;
  private final LogEntry entry;
  private final byte[] line;

  /**
   * @param log the directory of its log
   * @param line byte for byte, without the line break; not copied
   */
  FoundRecord(Path log, LogEntry entry, byte[] line) {
    this.log = log;
    this.entry = entry;
    this.line = line;
  }

  /** The directory of its log. */
  public Path log() {
    return log;
  }

  /** Its facts. */
  public LogEntry entry() {
    return entry;
  }

  /** The line itself, which nobody changes. */
  public byte[] line() {
    return line;
  }
}
