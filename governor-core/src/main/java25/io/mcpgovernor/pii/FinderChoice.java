package io.mcpgovernor.pii;

/** Chooses the finder on Java 25 and later: vectors, if whoever started this JVM asked for them. */
final class FinderChoice {
  /** Switches vectors off, for comparing and for whoever meets a fault in them. */
  private static final String SWITCH = "io.mcpgovernor.vector";

  private FinderChoice() {}

  static CandidateFinder best() {
    boolean vectors =
        !"off".equals(System.getProperty(SWITCH))
            // Not resolved by default. Asked for first, because what knows vectors links to it.
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && VectorFinder.isWorthwhile();
    return vectors ? new VectorFinder() : SwarFinder.INSTANCE;
  }
}
