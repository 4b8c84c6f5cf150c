package io.mcpgovernor.pii.check;

/** Whether compact characters pass the check of some number. */
@FunctionalInterface
public interface Check {
  /** Whether the characters pass. */
  boolean passes(byte[] text, int from, int to);
}
