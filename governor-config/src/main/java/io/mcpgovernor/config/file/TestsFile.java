package io.mcpgovernor.config.file;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of policy tests that was read and found right. YAML 1.2, of at most 4 MiB; paths in it
 * start from its own directory. Immutable and thread-safe.
 */
public final class TestsFile {
  private final Path path;
  private final YamlNode root;
  private final PolicyTestsConfig tests;

  private TestsFile(Path path, YamlNode root, PolicyTestsConfig tests) {
    this.path = path;
    this.root = root;
    this.tests = tests;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it cannot be read or anything is wrong with it; it has all problems
   */
  public static TestsFile read(Path file) {
    Problems problems = new Problems(file.toString());
    byte[] bytes = ConfigFile.bytes(file, "name one with policy tests", problems);
    YamlNode root = YamlReader.read(bytes, problems);
    SecretSource secrets = new SecretSource(ConfigFile.directory(file), name -> null);
    Object bound =
        Shapes.of(PolicyTestsConfig.class).bind(root, "", new Binding(problems, secrets));
    if (!(bound instanceof PolicyTestsConfig tests) || !problems.isEmpty()) {
      throw problems.exception();
    }
    return new TestsFile(file, root, tests);
  }

  /** The file, as it was named. */
  public Path path() {
    return path;
  }

  /** What it says. */
  public PolicyTestsConfig tests() {
    return tests;
  }

  /** A path of the file, from the file's own directory on. */
  public Path resolve(Path written) {
    return ConfigFile.directory(path).resolve(written);
  }

  /** Where a test is written. */
  public Place place(int test) {
    return Located.of(root, "", "tests", test).at();
  }

  /** The file, with something wrong with what stands at a key. */
  public ConfigException wrong(String message, String key) {
    Located.Spot spot = Located.of(root, "", key);
    Problem problem =
        new Problem(path.toString(), spot.at().line(), spot.at().column(), spot.path(), message);
    return new ConfigException(List.of(problem));
  }
}
