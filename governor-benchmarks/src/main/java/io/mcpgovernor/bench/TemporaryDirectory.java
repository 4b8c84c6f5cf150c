package io.mcpgovernor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A directory for files that a benchmark writes; gone with them once closed. */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;

  /**
   * Makes the directory.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public TemporaryDirectory() {
    try {
      path = Files.createTempDirectory("governor-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** How large its files are together, bytes. */
  public long bytes() {
    try (Stream<Path> files = Files.list(path)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
