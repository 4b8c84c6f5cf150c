package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.Arrays;
import java.util.List;

/**
 * Masking under a fuzzer. In a build each target runs once over the inputs in {@code
 * MaskingFuzzInputs}; CONTRIBUTING.md says how to look for new ones.
 */
class MaskingFuzz {
  private static final Masker MASKER = new Masker(MaskRules.builder().kinds(Kinds.all()).build());

  @FuzzTest(maxDuration = "60s")
  void jsonIsMaskedOrRefused(byte[] bytes) {
    Scan scan;
    try {
      scan = MASKER.scan(Json.utf8(bytes));
    } catch (MalformedJsonException e) {
      return;
    }
    for (Sensitivity level : Sensitivity.values()) {
      // What was released has to be JSON again: anything else is thrown, and a finding.
      MASKER.scan(scan.masked(level));
    }
    scan.pointers();
    inOrder(scan.findings(), bytes.length);
  }

  @FuzzTest(maxDuration = "60s")
  void anyTextIsMasked(byte[] bytes) {
    byte[] before = bytes.clone();
    TextScan scan = MASKER.scanText(bytes);
    inOrder(scan.findings(), bytes.length);
    for (Sensitivity level : Sensitivity.values()) {
      scan.masked(level);
    }
    if (!Arrays.equals(before, bytes)) {
      throw new IllegalStateException("the text itself was changed");
    }
  }

  /** Masking goes on no longer than a few times: two values that touch may be told apart late. */
  @FuzzTest(maxDuration = "60s")
  void maskingComesToAnEnd(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    for (int i = 0; i < 8; i++) {
      String masked = MASKER.mask(text, Sensitivity.STRICT);
      if (masked.equals(text)) {
        return;
      }
      text = masked;
    }
    throw new IllegalStateException("masked again and again: " + text);
  }

  private static void inOrder(List<Finding> findings, int length) {
    int from = 0;
    for (Finding finding : findings) {
      if (finding.from() < from || finding.to() <= finding.from() || finding.to() > length) {
        throw new IllegalStateException("no place in the value, or not in order: " + finding);
      }
      from = finding.to();
    }
  }
}
