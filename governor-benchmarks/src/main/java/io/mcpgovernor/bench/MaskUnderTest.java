package io.mcpgovernor.bench;

import io.mcpgovernor.bench.texts.SpeedText;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.pii.Finders;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;

/**
 * The only place where the benchmark of masking speed calls the masker: when its ways in change,
 * they change here.
 */
final class MaskUnderTest {
  private final Masker masker = Masker.standard();

  /**
   * Which code finds candidates; figures are named after it. A process has only one: run Java with
   * {@code -Dio.mcpgovernor.vector=off} to measure the portable one where vectors are on.
   */
  static String finder() {
    return Finders.active();
  }

  /** Finds, and says whether there was anything. */
  boolean find(SpeedText text) {
    return text.isJson()
        ? !masker.scan(Json.utf8(text.utf8())).isClean()
        : !masker.scanText(text.utf8()).isClean();
  }

  /** Finds and masks; the same array if there was nothing. */
  byte[] mask(SpeedText text) {
    return text.isJson()
        ? masker.scan(Json.utf8(text.utf8())).masked(Sensitivity.STANDARD).utf8()
        : masker.scanText(text.utf8()).masked(Sensitivity.STANDARD);
  }

  /** Whether bytes are one JSON value that the masker takes. */
  boolean isJson(byte[] utf8) {
    try {
      masker.scan(Json.utf8(utf8));
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }
}
