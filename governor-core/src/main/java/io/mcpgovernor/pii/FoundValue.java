package io.mcpgovernor.pii;

/**
 * A value that was found, in the form that all its writings have in common.
 *
 * @param kind what it is
 * @param normal its {@linkplain Kind#normal(String) normal form}: personal data in the clear
 */
public record FoundValue(Kind kind, String normal) {
  /** Says what it is, never the value. */
  @Override
  public String toString() {
    return "FoundValue[" + kind + "]";
  }
}
