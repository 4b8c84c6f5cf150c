package io.mcpgovernor.sink;

import io.mcpgovernor.audit.LogFollower.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The file of the records that the receiver refused, each a line as the log has it. Bounded: who
 * refuses so much refuses everything, and then nothing more is set aside.
 */
final class SetAside {
  static final long BYTES_MAX = 64L << 20;

  private final Path file;

  SetAside(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Whether there is room for another record. */
  boolean hasRoom() throws IOException {
    return !Files.exists(file) || Files.size(file) < BYTES_MAX;
  }

  void add(Line line) throws IOException {
    byte[] json = Arrays.copyOf(line.json(), line.json().length + 1);
    json[json.length - 1] = '\n';
    OwnerFiles.append(file, json);
  }
}
