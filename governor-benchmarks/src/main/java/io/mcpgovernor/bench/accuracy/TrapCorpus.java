package io.mcpgovernor.bench.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Records full of PII and of what resembles it: CRM documents, logs, prose. The same seed makes the
 * same records.
 */
public final class TrapCorpus {
  /** What is measured unless somebody asks for another. */
  public static final long DEFAULT_SEED = 20_260_401;

  /** Records of each of the three corpora unless somebody asks for more. */
  public static final int DEFAULT_RECORDS = 400;

  private TrapCorpus() {}

  /**
   * Makes all three.
   *
   * @param records how many of each, at least one
   */
  public static List<LabelledText> make(long seed, int records) {
    if (records < 1) {
      throw new IllegalArgumentException("a corpus has at least one record");
    }
    List<LabelledText> corpus = new ArrayList<>(3 * records);
    // Seeds of their own, so that a change to one corpus leaves the others as they were.
    add(corpus, "crm", records, new CrmDocuments(new Dice(seed))::next);
    add(corpus, "log", records, new LogLines(new Dice(seed + 1))::next);
    add(corpus, "prose", records, new Letters(new Dice(seed + 2))::next);
    return List.copyOf(corpus);
  }

  private static void add(
      List<LabelledText> corpus, String name, int records, Supplier<Marked> maker) {
    for (int i = 0; i < records; i++) {
      corpus.add(LabelledText.of(String.format(Locale.ROOT, "%s-%04d", name, i), maker.get()));
    }
  }
}
