package io.mcpgovernor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory for files that a benchmark writes; gone once closed, with them and with what was put
 * beside it, such as the keys of an audit log.
 */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path parent;
  private final Path path;

  /**
   * Makes the directory.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public TemporaryDirectory() {
    try {
      parent = Files.createTempDirectory("governor-bench");
      path = Files.createDirectory(parent.resolve("files"));
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
    try (Stream<Path> files = Files.walk(parent)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
