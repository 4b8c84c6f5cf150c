package io.mcpgovernor.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.config.file.ConfigFile;
import io.mcpgovernor.config.file.PolicyLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that come with the library decide as their tests say. */
final class PolicyLibraryTest {
  private static final Path TESTS = Path.of("src/test/resources/io/mcpgovernor/policies");
  private static final Path RESOURCES = Path.of("src/main/resources/io/mcpgovernor/policies");

  @TempDir private Path directory;

  private static List<String> names() {
    return PolicyLibrary.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itsTestsPassAndReachEveryRule(String name) throws IOException {
    Path config = Files.writeString(directory.resolve("it.yaml"), PolicyLibrary.text(name));
    try (PolicySuite suite = PolicySuite.read(TESTS.resolve(name + ".tests.yaml"), config)) {
      List<TestOutcome> outcomes = suite.run();

      assertThat(outcomes).isNotEmpty().filteredOn(outcome -> !outcome.isPassed()).isEmpty();
      assertThat(suite.coverage(outcomes)).isNotEmpty().allMatch(rule -> rule.matches() > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void itIsRightAsItIsAndNothingInItIsLikelyAMistake(String name) throws IOException {
    Path config = Files.writeString(directory.resolve("it.yaml"), PolicyLibrary.text(name));
    ConfigFile file = ConfigFile.read(config);

    assertThat(file.warnings(List.of())).isEmpty();
    assertThat(PolicyLibrary.text(name)).startsWith("# ");
  }

  @Test
  void everyPieceThatIsThereHasAName() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName()).replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(PolicyLibrary.names());
    }
    assertThatThrownBy(() -> PolicyLibrary.text("read-only-agents"))
        .hasMessageContaining("did you mean read-only-agent?");
  }

  @Test
  void allOfThemTogetherAreOneFile() throws IOException {
    int rules = 0;
    for (String name : names()) {
      Path one = Files.writeString(directory.resolve("one.yaml"), PolicyLibrary.text(name));
      rules += ConfigFile.read(one).rules().size();
    }
    Path all = Files.writeString(directory.resolve("all.yaml"), PolicyLibrary.together(names()));

    assertThat(ConfigFile.read(all).rules()).hasSize(rules);
  }
}
