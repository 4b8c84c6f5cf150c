package io.mcpgovernor.bench.texts;

import java.util.List;

/** The texts that speed is measured with, the same each time. */
public final class SpeedTexts {
  /** About how many bytes each has. */
  public static final int BYTES = 1 << 20;

  private static final long SEED = 20_260_402;

  private SpeedTexts() {}

  /** JSON, a log and prose, with 1.0 to 1.7 percent PII. */
  public static List<SpeedText> usual(int bytes) {
    return List.of(
        RecordsText.make(SEED, bytes), LogText.make(SEED, bytes), ProseText.make(SEED, bytes));
  }

  /** Texts made to keep a detector busy, with no PII meant. */
  public static List<SpeedText> worst(int bytes) {
    return List.of(
        WorstTexts.base64Url(SEED, bytes),
        WorstTexts.hex(SEED, bytes),
        WorstTexts.atStorm(SEED, bytes),
        WorstTexts.digitStorm(SEED, bytes));
  }
}
