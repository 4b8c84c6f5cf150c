package io.mcpgovernor.config.file;

/** A group of keys that has to fit together in a way that no single key can tell. */
interface Checked {
  /** Reports what does not fit. */
  void check(Report report);

  /** Takes problems. */
  @FunctionalInterface
  interface Report {
    /**
     * Reports one.
     *
     * @param message what is wrong, and what would be right
     * @param steps where: keys and indexes from the group on
     */
    void at(String message, Object... steps);
  }
}
