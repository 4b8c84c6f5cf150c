package io.mcpgovernor.pii;

/**
 * Chooses the finder on Java 17 to 24. The jar holds another version of this class for Java 25,
 * which knows of vectors.
 */
final class FinderChoice {
  private FinderChoice() {}

  static CandidateFinder best() {
    return SwarFinder.INSTANCE;
  }
}
