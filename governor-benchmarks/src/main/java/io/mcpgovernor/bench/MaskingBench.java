package io.mcpgovernor.bench;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finding and masking all PII of 100 customer records, against regular expressions. */
final class MaskingBench {
  private static final double NANOS_PER_MICRO = 1_000;
  private static final int RECORDS = 100;

  private final CustomerRecords records = new CustomerRecords();
  private Json raw = Json.NULL;
  private Json masked = Json.NULL;
  private String text = "";
  private String maskedText = "";

  static List<Row> run(Scale scale) {
    return new MaskingBench().measure(scale);
  }

  private List<Row> measure(Scale scale) {
    Masker masker = Masker.standard();
    int perRound = Math.max(100, scale.perRound() / 20);
    List<Samples> masking =
        Timing.rounds(
            scale.rounds(),
            perRound,
            NANOS_PER_MICRO,
            number -> {
              mustBeMasked(number == 0 ? "***@***.com" : text(masked));
              raw = records.records(RECORDS);
            },
            number -> masked = masker.scan(raw).masked(Sensitivity.STANDARD));
    List<Samples> expressions =
        Timing.rounds(
            scale.rounds(),
            perRound / 4,
            NANOS_PER_MICRO,
            number -> text = text(records.records(RECORDS)),
            number -> maskedText = SeedPatterns.mask(text));
    mustBeMasked(maskedText);
    Samples all = Samples.together(masking);
    double p99 = Samples.medianOf(masking, Samples::p99);
    return List.of(
        Row.atMost(
                "mask 100 records: median (6 replaceAll)",
                "us",
                Samples.medianOf(masking, Samples::median),
                100,
                all)
            .against(Samples.medianOf(expressions, Samples::median)),
        Row.atMost("mask 100 records: p99, seed's goal", "us", p99, 100_000, all));
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }

  private static void mustBeMasked(String text) {
    if (!text.contains("***@***.com") || text.contains("@example.com")) {
      throw new IllegalStateException("the benchmark timed something else than masking");
    }
  }
}
