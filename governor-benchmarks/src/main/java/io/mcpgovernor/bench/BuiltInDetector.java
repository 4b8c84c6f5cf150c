package io.mcpgovernor.bench;

import io.mcpgovernor.bench.accuracy.Label;
import io.mcpgovernor.pii.Finding;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Our own masker as a detector whose accuracy is measured; the only place where the benchmark of
 * accuracy meets it. Thread-safe.
 */
public final class BuiltInDetector implements Function<String, List<Label>> {
  private final Masker masker;

  private BuiltInDetector(Masker masker) {
    this.masker = masker;
  }

  /** With the kinds that are on by default. */
  public static BuiltInDetector standard() {
    return new BuiltInDetector(Masker.standard());
  }

  /** With every kind that there is. */
  public static BuiltInDetector allKinds() {
    return new BuiltInDetector(new Masker(MaskRules.builder().kinds(Kinds.all()).build()));
  }

  @Override
  public List<Label> apply(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    List<Finding> findings = new ArrayList<>(masker.scanText(utf8).findings());
    findings.sort(Comparator.comparingInt(Finding::from));
    List<Label> labels = new ArrayList<>();
    int at = 0;
    int codePoints = 0;
    for (Finding finding : findings) {
      codePoints += codePoints(utf8, at, finding.from());
      at = finding.from();
      int end = codePoints + codePoints(utf8, finding.from(), finding.to());
      if (end > codePoints) {
        labels.add(new Label(codePoints, end, finding.kind().type()));
      }
    }
    return labels;
  }

  /** Each code point has one byte that does not go on with another. */
  private static int codePoints(byte[] utf8, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += (utf8[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }
}
