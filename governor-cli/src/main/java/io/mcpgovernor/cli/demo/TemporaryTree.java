package io.mcpgovernor.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with whatever is put into it, gone once closed. */
public final class TemporaryTree implements AutoCloseable {
  private final Path path;

  private TemporaryTree(Path path) {
    this.path = path;
  }

  /** Makes one whose name begins with a prefix. */
  public static TemporaryTree named(String prefix) throws IOException {
    return new TemporaryTree(Files.createTempDirectory(prefix));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(path)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
