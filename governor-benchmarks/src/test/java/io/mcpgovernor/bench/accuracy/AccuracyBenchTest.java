package io.mcpgovernor.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The scores are those that one computes by hand. */
final class AccuracyBenchTest {
  private static final LabelledText GOLD =
      new LabelledText(
          "hand-made",
          "0123456789".repeat(6),
          List.of(
              new Label(0, 10, "EMAIL_ADDRESS"),
              new Label(20, 30, "EMAIL_ADDRESS"),
              new Label(40, 50, "PHONE_NUMBER"),
              new Label(52, 56, "PERSON")),
          List.of(new Label(12, 16, "UUID"), new Label(32, 36, "ETAG")));

  /**
   * The first is exact. The second overlaps by 5 of 15, a third: missed and wrong. The phone is
   * found with 10 of 12 and covered; a second phone lies on a trap. Persons are not asked about.
   */
  private static final List<Label> FOUND =
      List.of(
          new Label(0, 10, "EMAIL_ADDRESS"),
          new Label(25, 35, "EMAIL_ADDRESS"),
          new Label(39, 51, "PHONE_NUMBER"),
          new Label(11, 17, "PHONE_NUMBER"),
          new Label(52, 56, "PERSON"));

  private static final AccuracyReport REPORT =
      AccuracyBench.run(List.of(GOLD), List.of("EMAIL_ADDRESS", "PHONE_NUMBER"), text -> FOUND);

  @Test
  void scoresAreThoseOfTheHandMadeCase() {
    assertThat(REPORT.scores().get("EMAIL_ADDRESS")).isEqualTo(new SpanScore(2, 1, 1, 1, 1));
    assertThat(REPORT.scores().get("PHONE_NUMBER")).isEqualTo(new SpanScore(1, 1, 0, 1, 1));
    SpanScore all = REPORT.together();
    assertThat(all.precision()).isEqualTo(0.5);
    assertThat(all.recall()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(all.f1()).isCloseTo(4 / 7.0, within(1e-9));
    assertThat(all.exactRecall()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(all.maskingRecall()).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void halfOfTheUnionIsEnoughAndAnotherTypeCoversWithoutBeingFound() {
    LabelledText text =
        new LabelledText("half", "x".repeat(40), List.of(new Label(0, 10, "US_SSN")), List.of());

    assertThat(scoreOf(text, new Label(0, 20, "US_SSN"))).isEqualTo(new SpanScore(1, 1, 0, 1, 0));
    assertThat(scoreOf(text, new Label(0, 21, "US_SSN"))).isEqualTo(new SpanScore(1, 0, 0, 1, 1));
    assertThat(scoreOf(text, new Label(0, 10, "US_EIN"))).isEqualTo(new SpanScore(1, 0, 0, 1, 0));
  }

  @Test
  void sprungTrapsAndMistakesAreNamed() {
    assertThat(REPORT.sprung()).containsOnlyKeys("UUID", "ETAG");
    assertThat(REPORT.mistakes())
        .hasSize(3)
        .first()
        .hasToString(
            "MISSED EMAIL_ADDRESS hand-made 01234567890123456789[[0123456789]]"
                + "012345678901234567890123456789");
  }

  @Test
  void bothReportsNameTypesAndShares() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    REPORT.printTable(out, 1);
    REPORT.printJson(out);

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("ALL", "0.571", "trap sprung: UUID 1", "MISSED", "\"masking_recall\":");
  }

  private static SpanScore scoreOf(LabelledText text, Label found) {
    AccuracyReport report =
        AccuracyBench.run(List.of(text), Set.of("US_SSN", "US_EIN"), ignored -> List.of(found));
    return java.util.Objects.requireNonNull(report.scores().get("US_SSN"));
  }
}
