package io.mcpgovernor.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The corpus is the same each time, labelled where it says, and has everything in it. */
final class TrapCorpusTest {
  private static final List<LabelledText> CORPUS = TrapCorpus.make(TrapCorpus.DEFAULT_SEED, 120);

  @Test
  void theSameSeedMakesTheSameRecordsAndAnotherMakesOthers() {
    assertThat(TrapCorpus.make(TrapCorpus.DEFAULT_SEED, 120)).isEqualTo(CORPUS);
    assertThat(TrapCorpus.make(1, 120)).isNotEqualTo(CORPUS);
  }

  @Test
  void everyTypeAndEveryTrapOccursInEachCorpus() {
    for (String corpus : List.of("crm", "log", "prose")) {
      List<LabelledText> texts =
          CORPUS.stream().filter(text -> text.id().startsWith(corpus)).toList();
      assertThat(texts.stream().flatMap(text -> text.spans().stream()).map(Label::type))
          .as(corpus)
          .containsAll(PiiType.all());
      assertThat(texts.stream().flatMap(text -> text.traps().stream()).map(Label::type))
          .as(corpus)
          .containsAll(Arrays.stream(Trap.values()).map(Enum::name).toList());
    }
  }

  @Test
  void labelsAreInOrderWithinTheTextAndDoNotOverlap() {
    for (LabelledText text : CORPUS) {
      List<Label> labels =
          java.util.stream.Stream.concat(text.spans().stream(), text.traps().stream())
              .sorted(java.util.Comparator.comparingInt(Label::start))
              .toList();
      int end = 0;
      for (Label label : labels) {
        assertThat(label.start()).as(text.id()).isGreaterThanOrEqualTo(end);
        end = label.end();
      }
      assertThat(end).isLessThanOrEqualTo(text.text().codePointCount(0, text.text().length()));
    }
  }

  @Test
  void labelsStandWhereTheirValuesDo() {
    List<String> ibans = values("prose", PiiType.IBAN_CODE);
    List<String> ssns = values("prose", PiiType.US_SSN);
    List<String> emails = values("prose", PiiType.EMAIL_ADDRESS);

    assertThat(ibans.stream().filter(value -> value.matches("[A-Z]{2}[0-9]{2}[A-Z0-9 -]{11,40}")))
        .hasSizeGreaterThan(ibans.size() / 2);
    assertThat(ssns.stream().filter(value -> value.matches("[0-9]{3}-[0-9]{2}-[0-9]{4}")))
        .hasSizeGreaterThan(ssns.size() / 2);
    assertThat(emails.stream().filter(value -> value.matches("[A-Za-z0-9._+-]+@[a-z.-]+")))
        .hasSizeGreaterThan(emails.size() / 2);
  }

  @Test
  void theAwkwardWritingsOccur() {
    String all = CORPUS.stream().map(LabelledText::text).collect(Collectors.joining("\n"));

    assertThat(all)
        .containsPattern("[\uff10-\uff19]{3}")
        .containsPattern("[0-9][\u2010-\u2013\u2212][0-9]")
        .containsPattern("[0-9][\u00a0\u202f\u2009][0-9]")
        .containsPattern("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
        .containsPattern("[a-z0-9]\\\\u0040[a-z]")
        .containsPattern("\\\\n[0-9(+]")
        .containsPattern("[a-z0-9]%40[a-z]")
        .containsPattern("\\\\\\\\\\\\\"")
        .containsPattern("\\|---\\|");
  }

  @Test
  void documentsAreJson() {
    assertThat(CORPUS.stream().filter(text -> text.id().startsWith("crm")))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(Json.text(text.text()).object()).isNotEmpty());
  }

  @Test
  void whatIsWrittenToAFileComesBack(@TempDir Path directory) {
    Path file = directory.resolve("gold.jsonl");

    GoldFile.write(file, CORPUS);

    assertThat(GoldFile.read(file)).isEqualTo(CORPUS);
  }

  private static List<String> values(String corpus, PiiType type) {
    return CORPUS.stream()
        .filter(text -> text.id().startsWith(corpus))
        .flatMap(
            text ->
                text.spans().stream()
                    .filter(label -> label.type().equals(type.name()))
                    .map(
                        label ->
                            text.text()
                                .substring(
                                    text.text().offsetByCodePoints(0, label.start()),
                                    text.text().offsetByCodePoints(0, label.end()))))
        .toList();
  }
}
