package io.mcpgovernor.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every word of a text is found where it is written, however it is written. */
final class PlacedTextTest {
  private static PlacedText text(String yaml) {
    YamlNode.Mapping root = (YamlNode.Mapping) YamlReader.read(yaml, new Problems("test"));
    YamlNode.Scalar scalar = (YamlNode.Scalar) root.entries().get(0).value();
    return new PlacedText(scalar.text(), scalar.spot());
  }

  /** Where a word of a text stands in the file by the text's own word. */
  private static Place placeOf(PlacedText text, String word) {
    String before = text.value().substring(0, text.value().indexOf(word));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    String inLine = before.substring(before.lastIndexOf('\n') + 1);
    return text.place(line, inLine.codePointCount(0, inLine.length()) + 1);
  }

  private static Place written(String yaml, String word) {
    List<String> lines = yaml.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int at = lines.get(i).indexOf(word);
      if (at >= 0) {
        return new Place(i + 1, lines.get(i).codePointCount(0, at) + 1);
      }
    }
    throw new AssertionError(word);
  }

  @Test
  void wordsAreFoundInEveryWayOfWriting() {
    for (String yaml :
        List.of(
            "when: one two && three\n",
            "when:   one   two  three   # comment\n",
            "when: 'it''s one two '' three'\n",
            "when: \"\\u00e4 \\\"one\\\" \\x41\\U0001f600 two\\t three\"\n",
            "when: one\n  two\n\n  three\n",
            "when: \"one\n  two \\\n   three\"\n",
            "when: 'one\n   two\n  three'\n",
            "when: |\n  one\n    two\n  three\n",
            "when: |2-\n    one\n   two\n  three\n",
            "when: >- # comment\n  one\n  two\n\n    three\n",
            "when: |\r\n  one\r\n  two\r\n  three\r\n",
            "{when: \"😀 one 😀 two\", x: three}".replace("\", x: three", " three\""),
            "when: name == '' && one == '''' || two three\n")) {
      PlacedText text = text(yaml);

      for (String word : List.of("one", "two", "three")) {
        assertThat(placeOf(text, word)).as(word + " of " + yaml).isEqualTo(written(yaml, word));
      }
    }
  }

  @Test
  void beyondTheEndIsTheEnd() {
    assertThat(text("when: abc\n").place(1, 99)).isEqualTo(new Place(1, 10));
    assertThat(text("when: abc\n").place(7, 1)).isEqualTo(new Place(1, 7));
    assertThat(text("when: abc\n").place()).isEqualTo(new Place(1, 7));
  }
}
