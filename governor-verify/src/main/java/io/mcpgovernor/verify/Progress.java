package io.mcpgovernor.verify;

/** Told how far a verification has come; often, so it should be quick. */
@FunctionalInterface
public interface Progress {
  /**
   * So much is read.
   *
   * @param bytes of the files, as they are on disk
   * @param all how many there are, as far as is known
   */
  void at(long bytes, long all);
}
