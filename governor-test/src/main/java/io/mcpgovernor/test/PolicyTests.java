package io.mcpgovernor.test;

import io.mcpgovernor.config.check.PolicySuite;
import io.mcpgovernor.config.check.TestOutcome;
import io.mcpgovernor.config.file.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Policy tests, the same that {@code governor test} runs, as tests of JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> policies() {
 *   return PolicyTests.in(Path.of("src/test/policies"));
 * }
 * }</pre>
 */
public final class PolicyTests {
  private static final String SUFFIX = "tests.yaml";
  private static final int FILES_MAX = 1_000;

  private PolicyTests() {}

  /**
   * The tests of a file, or of all files of a directory whose names end in {@code tests.yaml}. The
   * stream holds what is tested until it is closed, which JUnit does.
   *
   * @throws ConfigException if anything is wrong with a file or the configuration it names
   * @throws IllegalArgumentException if there is no such file in the directory
   * @throws UncheckedIOException if the directory cannot be read
   */
  public static Stream<DynamicTest> in(Path path) {
    List<PolicySuite> suites = new ArrayList<>();
    List<DynamicTest> tests = new ArrayList<>();
    try {
      for (Path file : files(path)) {
        PolicySuite suite = PolicySuite.read(file, null);
        suites.add(suite);
        for (int i = 0; i < suite.size(); i++) {
          tests.add(test(suite, i));
        }
      }
    } catch (RuntimeException e) {
      suites.forEach(PolicySuite::close);
      throw e;
    }
    return tests.stream().onClose(() -> suites.forEach(PolicySuite::close));
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(path)) {
      files =
          all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().limit(FILES_MAX).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("there is no file in " + path + " named *" + SUFFIX);
    }
    return files;
  }

  private static DynamicTest test(PolicySuite suite, int number) {
    Path file = suite.file().path();
    int line = suite.file().place(number).line();
    return DynamicTest.dynamicTest(
        suite.name(number),
        URI.create(file.toUri() + "?line=" + line),
        () -> {
          TestOutcome outcome = suite.run(number);
          if (!outcome.isPassed()) {
            throw new AssertionError(
                "%s:%s %s%n  expected %s%n  came     %s"
                    .formatted(
                        file, outcome.place(), outcome.name(), outcome.expected(), outcome.came()));
          }
        });
  }
}
