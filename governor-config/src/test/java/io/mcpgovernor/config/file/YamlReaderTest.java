package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** YAML that is no configuration, or was made to hurt. */
final class YamlReaderTest {
  private static YamlNode read(String yaml) {
    return read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static YamlNode read(byte[] yaml) {
    Problems problems = new Problems("g.yaml");
    YamlNode node = YamlReader.read(yaml, problems);
    if (!problems.isEmpty()) {
      throw problems.exception();
    }
    return node;
  }

  private static List<String> problems(String yaml) {
    return problems(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(byte[] yaml) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(yaml));
    assertThat(e).isNotNull();
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void valuesAreWhatYaml12SaysTheyAre() {
    assertThat(
            read("""
                    [on, yes, NO, 2027-01-31, .inf, 1_000, 1:30, true, null, 12, 0x1f, 0o17, 1.5e3,
                     "12", 'true', ~]
                    """)
                .tree())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(
            "on",
            "yes",
            "NO",
            "2027-01-31",
            ".inf",
            "1_000",
            "1:30",
            true,
            null,
            12L,
            31L,
            15L,
            1500L,
            "12",
            "true",
            null);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    assertThat(read("\ufefflisten: a").tree()).isEqualTo(Map.of("listen", "a"));
  }

  @Test
  void bytesThatAreNotUtf8HaveAPlace() {
    byte[] latin1 = "a: 1\nb: Müller".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(problems(latin1)).singleElement().asString().startsWith("g.yaml:2:5: ");
    assertThat(problems("a: 1".getBytes(StandardCharsets.UTF_16)))
        .singleElement()
        .asString()
        .contains("not UTF-8");
    assertThat(problems(new byte[] {'a', ':', ' ', (byte) 0xe2, (byte) 0x82}))
        .singleElement()
        .asString()
        .startsWith("g.yaml:1:4: ");
  }

  @Test
  void tabsAreNoIndentation() {
    assertThat(problems("limits:\n\trate: 100/1h\n"))
        .singleElement()
        .asString()
        .startsWith("g.yaml:2:1: not YAML: ")
        .containsIgnoringCase("tab");
  }

  @Test
  void syntaxErrorsDoNotQuoteTheLine() {
    assertThat(problems("a: [1, s3cr3t\nb: }"))
        .singleElement()
        .asString()
        .startsWith("g.yaml:2:")
        .doesNotContain("s3cr3t");
    assertThat(problems("a: \"s3cr3t \\q\""))
        .singleElement()
        .asString()
        .startsWith("g.yaml:1:")
        .doesNotContain("s3cr3t");
  }

  @Test
  void charactersThatCannotStandInAFileHaveAPlace() {
    assertThat(problems("a: 1\nb: \u0007"))
        .singleElement()
        .asString()
        .startsWith("g.yaml:2:4: ")
        .contains("U+0007");
  }

  @Test
  void aFileThatSaysNothingIsRefused() {
    for (String nothing : List.of("", "\n", "# only a comment\n", "---\n", "~", "\ufeff")) {
      assertThat(problems(nothing)).singleElement().asString().contains("governor init");
    }
  }

  @Test
  void thereIsOneDocument() {
    assertThat(problems("a: 1\n---\nb: 2\n")).singleElement().asString().startsWith("g.yaml:2:1: ");
    assertThat(read("---\na: 1\n...\n").tree()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void everyKeyThatStandsThereTwiceIsNamed() {
    assertThat(problems("a: 1\nb: {c: 1, c: 2}\na: 3\n"))
        .containsExactly(
            "g.yaml:2:11 b.c: this key stands in line 2 already; keep one of them",
            "g.yaml:3:1 a: this key stands in line 1 already; keep one of them");
  }

  @Test
  void tagsAndMergeKeysAreRefused() {
    assertThat(problems("a: !!javax.script.ScriptEngineManager []\nb: &b {c: 1}\nd: {<<: *b}\n"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("g.yaml:1:4 a: tags");
  }

  @Test
  void aliasesRepeatAValue() {
    assertThat(read("a: &x [1, 2]\nb: *x\n").tree())
        .isEqualTo(Map.of("a", List.of(1L, 2L), "b", List.of(1L, 2L)));
  }

  @Test
  void aliasesThatMultiplyAreRefusedWhereTheyBecomeTooMany() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a" + i + ": &a" + i + " [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a" + (i - 1) + "]\n");
    }

    assertThat(problems(bomb.toString()))
        .singleElement()
        .asString()
        .startsWith("g.yaml:6:10 a5[0]: ") // five times ten: 111,111 values and as many again
        .contains("aliases repeat");
  }

  @Test
  void anAliasOfWhatItIsPartOfIsRefused() {
    assertThat(problems("a: &a [1, *a]")).singleElement().asString().startsWith("g.yaml:1:11 a[1]");
    assertThat(problems("a: *nowhere")).singleElement().asString().contains("no anchor");
  }

  @Test
  void deepNestingIsRefusedAlsoByWayOfAliases() {
    assertThat(problems("a: " + "[".repeat(1_000_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 32");
    assertThat(problems("a: " + "{b: ".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 32");
    String half = "[".repeat(20) + "1" + "]".repeat(20);
    assertThat(problems("a: &a " + half + "\nb: " + half.replace("1", "*a")))
        .singleElement()
        .asString()
        .startsWith("g.yaml:2:24 ");
  }

  @Test
  void tooManyBytesAndTooManyValuesAreRefused() {
    assertThat(problems(new byte[YamlReader.BYTES_MAX + 1]))
        .singleElement()
        .asString()
        .contains("4 MiB");
    assertThat(problems("a: [" + "1,".repeat(YamlReader.NODES_MAX) + "]"))
        .singleElement()
        .asString()
        .contains("200000 values");
  }

  @Test
  void hugeNumbersAreNoWork() {
    YamlNode node = read("[" + "9".repeat(1_000_000) + ", 1e999999999, -1e-999999999]");

    assertThat(((YamlNode.Sequence) node).items())
        .allSatisfy(item -> assertThat(((YamlNode.Scalar) item).integer()).isNull());
  }

  @Test
  void aKeyThatIsNoTextIsRefused() {
    assertThat(problems("? [a, b]\n: 1\n")).singleElement().asString().contains("plain text");
  }
}
