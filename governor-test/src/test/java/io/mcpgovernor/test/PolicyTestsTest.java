package io.mcpgovernor.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.config.file.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Policy tests within JUnit. */
final class PolicyTestsTest {
  @TempDir private Path directory;

  private void files() throws IOException {
    Files.writeString(
        directory.resolve("governor.yaml"),
        """
        rules:
          - name: never
            tools: [export]
            deny: { reason: "Never.", suggestions: ["Give up."] }
        """);
    Files.writeString(
        directory.resolve("export.tests.yaml"),
        """
        tests:
          - { name: Exports are denied., user: alice, tool: crm.export, expect: deny, code: "rule:never" }
          - { name: Reading is allowed., user: alice, tool: crm.read, expect: allow }
        """);
  }

  @TestFactory
  Stream<DynamicTest> theTestsOfADirectoryRun() throws IOException {
    files();
    return PolicyTests.in(directory);
  }

  @Test
  void aTestThatFailsSaysWhatWasExpectedAndWhatCame() throws IOException {
    files();
    Path file = directory.resolve("export.tests.yaml");
    Files.writeString(file, Files.readString(file).replace("expect: allow", "expect: deny"));

    try (Stream<DynamicTest> stream = PolicyTests.in(file)) {
      List<DynamicTest> tests = stream.toList();
      assertThat(tests)
          .extracting(DynamicTest::getDisplayName)
          .containsExactly("Exports are denied.", "Reading is allowed.");
      assertThat(tests.get(1).getTestSourceUri().orElseThrow().toString())
          .endsWith("export.tests.yaml?line=3");
      assertThatThrownBy(() -> tests.get(1).getExecutable().execute())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected deny")
          .hasMessageContaining("came     allow");
    }
  }

  @Test
  void aDirectoryWithoutTestsAndAFileThatIsWrongAreErrors() throws IOException {
    assertThatThrownBy(() -> PolicyTests.in(directory)).hasMessageContaining("there is no file in");
    files();
    Files.writeString(directory.resolve("bad.tests.yaml"), "tests: []");
    assertThatThrownBy(() -> PolicyTests.in(directory)).isInstanceOf(ConfigException.class);
  }
}
