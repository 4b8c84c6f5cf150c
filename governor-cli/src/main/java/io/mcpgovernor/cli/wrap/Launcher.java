package io.mcpgovernor.cli.wrap;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What starts this program, as a client has to be told it. */
final class Launcher {
  private Launcher() {}

  /**
   * Its absolute path: as the script {@code governor} says of itself, as a packaged program knows
   * it, or else the first {@code governor} of the search path.
   */
  static Optional<Path> find() {
    return Stream.of("governor.launcher", "jpackage.app-path")
        .map(name -> System.getProperty(name, ""))
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Launcher::isProgram)
        .findFirst()
        .or(() -> onPath(System.getenv().getOrDefault("PATH", "")));
  }

  static Optional<Path> onPath(String path) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "governor"))
        .filter(Launcher::isProgram)
        .findFirst();
  }

  private static boolean isProgram(Path path) {
    return path.isAbsolute() && Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
