package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.policy.DenialCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation says of the code is so. */
final class DocumentationTest {
  private static final Path ROOT = Path.of("..");

  private static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  private static List<Path> files(String directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
      return files
          .filter(file -> file.toString().endsWith(suffix) && !file.toString().contains("target"))
          .toList();
    }
  }

  @Test
  void theReadmeShowsTheLinesThatTheExampleRuns() throws IOException {
    String example =
        read("governor-examples/src/main/java/io/mcpgovernor/examples/QuickStart.java");
    String readme = read("README.md");
    List<MatchResult> regions =
        Pattern.compile("// readme: (?!end)\\w+\\n(.*?)\\n *// readme: end", Pattern.DOTALL)
            .matcher(example)
            .results()
            .toList();

    assertThat(regions).hasSize(2);
    for (MatchResult region : regions) {
      assertThat(readme).contains("```java\n" + region.group(1).stripIndent() + "\n```");
    }
  }

  @Test
  void everyDenialCodeIsExplainedAndNoOther() throws IOException {
    List<String> explained =
        Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE)
            .matcher(read("docs/denials.md"))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(
            DenialCode.all().stream().map(DenialCode::name).toList());
  }

  @Test
  void everyTestThatTheDocumentationNamesExists() throws IOException {
    List<String> tests = new ArrayList<>();
    for (Path file : files(".", "Test.java")) {
      String source = Files.readString(file);
      String type = String.valueOf(file.getFileName()).replace(".java", "");
      tests.add(type);
      Pattern.compile("(?:void|ArchRule) (\\w+)")
          .matcher(source)
          .results()
          .forEach(method -> tests.add(type + "." + method.group(1)));
    }
    TreeSet<String> named = new TreeSet<>();
    for (Path page : files("docs", ".md")) {
      Pattern.compile("`(\\w+Test(?:\\.\\w+)?)`")
          .matcher(Files.readString(page))
          .results()
          .forEach(match -> named.add(match.group(1)));
    }

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tests).containsAll(named);
  }

  @Test
  void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
    List<Path> pages = new ArrayList<>(files("docs", ".md"));
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    for (Path page : pages) {
      Pattern.compile("]\\((?!http)([^)#]+)")
          .matcher(Files.readString(page))
          .results()
          .forEach(link -> assertThat(page.resolveSibling(link.group(1))).exists());
    }
  }
}
