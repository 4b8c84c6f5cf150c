package io.mcpgovernor.config.file;

/**
 * An amount of memory or disk.
 *
 * @param bytes at least 0
 */
public record ByteSize(long bytes) {
  /**
   * As many as an int can say, for limits of single values.
   *
   * @throws ArithmeticException if there are more
   */
  public int asInt() {
    return Math.toIntExact(bytes);
  }
}
