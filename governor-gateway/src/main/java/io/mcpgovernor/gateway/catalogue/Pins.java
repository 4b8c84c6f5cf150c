package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.gateway.message.Unwritten;
import java.nio.file.Path;

/**
 * The definitions of tools that were seen first or approved, and those that wait for approval, kept
 * in a file. Thread-safe; several processes may use the file.
 */
public final class Pins implements AutoCloseable {
  private Pins() {}

  /** Opens the file, or starts it. */
  public static Pins open(Path file) {
    return Unwritten.yet();
  }

  @Override
  public void close() {}
}
