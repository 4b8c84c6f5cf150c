package io.mcpgovernor.pii;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What was found in one text, and the text without it. Text that is JSON was read as JSON.
 *
 * <p>Immutable and thread-safe as long as nobody changes the array that was scanned, which it
 * holds.
 */
public final class TextScan {
  private final byte[] original;
  private final Splices splices;

  TextScan(byte[] original, Splices splices) {
    this.original = original;
    this.splices = splices;
  }

  /** Whether nothing was found. */
  public boolean isClean() {
    return splices.isEmpty();
  }

  /**
   * The text with its PII masked, all other bytes as they were.
   *
   * @return the very same array that was scanned if nothing was found
   */
  public byte[] masked(Sensitivity level) {
    return isClean() ? original : splices.render(level);
  }

  /** How many findings there are by name of kind, in alphabetical order; empty if clean. */
  public Map<String, Integer> counts() {
    return isClean() ? Map.of() : Collections.unmodifiableMap(splices.counts());
  }

  /** Where the findings are in the bytes that were scanned, in order. */
  public List<Finding> findings() {
    return splices.findings();
  }

  /** Says what was found, never the value. */
  @Override
  public String toString() {
    return "TextScan" + counts();
  }
}
