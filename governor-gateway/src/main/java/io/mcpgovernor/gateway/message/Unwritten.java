package io.mcpgovernor.gateway.message;

/** Stands where something is still to be written. */
public final class Unwritten {
  private Unwritten() {}

  /** Throws. */
  @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
  public static <T> T yet() {
    throw new UnsupportedOperationException("to be written");
  }
}
