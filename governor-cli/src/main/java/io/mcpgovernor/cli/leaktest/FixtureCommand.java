package io.mcpgovernor.cli.leaktest;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The command line that starts the fixture on stdio: what a gateway is given as its upstream. */
public final class FixtureCommand {
  private FixtureCommand() {}

  /** The program and its arguments, none of which has a space unless a path has one. */
  public static List<String> words() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        shortened(System.getProperty("java.class.path")),
        "io.mcpgovernor.cli.Main",
        "leaktest",
        "--fixture");
  }

  /** The same as a line for a shell. */
  public static String line() {
    return String.join(
        " ", words().stream().map(word -> word.contains(" ") ? "'" + word + "'" : word).toList());
  }

  /** Directories of jars instead of jars: the command is read, and copied, by people. */
  private static String shortened(String classPath) {
    Set<String> entries = new LinkedHashSet<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath().normalize();
      entries.add(
          entry.endsWith(".jar") ? path.getParent() + File.separator + "*" : path.toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
