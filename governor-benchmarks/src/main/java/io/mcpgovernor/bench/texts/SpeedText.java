package io.mcpgovernor.bench.texts;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text to measure with. It holds its bytes without a copy: do not change them.
 *
 * @param name what it is called in reports
 * @param utf8 the text
 * @param isJson whether it is one JSON value
 * @param pii where its maker put PII, in bytes and in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each megabyte would be waste
public record SpeedText(String name, byte[] utf8, boolean isJson, List<Place> pii) {
  /**
   * A part of the bytes.
   *
   * @param start where it begins
   * @param end where it ends, exclusive
   */
  public record Place(int start, int end) {}

  /** Copies the list. */
  public SpeedText {
    pii = List.copyOf(pii);
  }

  /** The share of bytes that are PII, 0 to 1. */
  public double piiShare() {
    return pii.stream().mapToLong(place -> place.end() - place.start()).sum()
        / (double) utf8.length;
  }

  /** The bytes as a string. */
  public String text() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
