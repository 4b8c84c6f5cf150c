package io.mcpgovernor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.mcp.GovernedTools;
import io.mcpgovernor.mcp.ToolOptions;
import io.mcpgovernor.method.GovernedTool;
import io.mcpgovernor.policy.DenialCode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation says of the code is so. */
final class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern REGION =
      Pattern.compile("// (readme|docs): (?!end)\\w+\\R(.*?)\\R *// \\1: end", Pattern.DOTALL);
  private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)\\R```", Pattern.DOTALL);

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

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(files("docs", ".md"));
    pages.add(ROOT.resolve("README.md"));
    return pages;
  }

  /** The parts of sources that pages show, each between two comments: of examples, and of tests. */
  private static List<String> shownRegions() throws IOException {
    List<Path> shown;
    try (Stream<Path> modules = Files.list(ROOT)) {
      shown =
          modules
              .filter(
                  module -> module.getFileName().toString().matches("governor-(examples.*|test)"))
              .toList();
    }
    List<String> regions = new ArrayList<>();
    for (Path module : shown) {
      for (Path source : files(module.getFileName() + "/src", ".java")) {
        REGION
            .matcher(Files.readString(source))
            .results()
            .forEach(region -> regions.add(region.group(2).stripTrailing().stripIndent()));
      }
    }
    return regions;
  }

  @Test
  void theJavaOnPagesIsTheJavaThatExamplesRun() throws IOException {
    List<String> shown = new ArrayList<>();
    for (Path page : pages()) {
      JAVA.matcher(Files.readString(page)).results().forEach(block -> shown.add(block.group(1)));
    }

    assertThat(shown).hasSizeGreaterThan(2).isSubsetOf(shownRegions());
    assertThat(shownRegions()).isSubsetOf(shown);
  }

  @Test
  void theReferenceOfTheLibraryHasEveryMethod() throws IOException {
    TreeSet<String> named = new TreeSet<>();
    Pattern.compile("`(\\w+)(?:\\(.*?\\))?`")
        .matcher(read("docs/library.md"))
        .results()
        .forEach(match -> named.add(match.group(1)));

    for (Class<?> type :
        List.of(
            GovernorBuilder.class, GovernedTools.class, ToolOptions.class, GovernedTool.class)) {
      assertThat(type.getDeclaredMethods())
          .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
          .extracting(Method::getName)
          .filteredOn(name -> !name.equals("build"))
          .as(type.getSimpleName())
          .isSubsetOf(named);
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
  void troubleshootingNamesOnlyCodesThatExist() throws IOException {
    List<String> codes =
        Pattern.compile("^\\| `([a-z_]+)`", Pattern.MULTILINE)
            .matcher(read("docs/troubleshooting.md"))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(DenialCode.all()).extracting(DenialCode::name).containsAll(codes);
    assertThat(codes).contains("rate_limit", "rls", "pii_access");
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
