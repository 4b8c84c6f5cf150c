package io.mcpgovernor.pii.check;

/**
 * Whether compact characters can be the number of some scheme. Compact means: separators removed,
 * ASCII, letters in upper case (wallet addresses keep their case).
 */
@FunctionalInterface
public interface Check {
  /**
   * Whether the characters have the length, the character classes and the check digits of the
   * scheme. Safe for any bytes, from any thread.
   *
   * @param text holds the characters; not changed
   * @param from index of the first one, at least 0
   * @param to index after the last one, {@code from} to {@code text.length}
   * @return false for the wrong length or wrong characters, too; never an exception
   */
  boolean passes(byte[] text, int from, int to);
}
