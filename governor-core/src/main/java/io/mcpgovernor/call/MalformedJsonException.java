package io.mcpgovernor.call;

/**
 * A value that is not JSON, or not JSON this engine accepts (too deep, a key twice, NaN).
 *
 * <p>The message names what is wrong and where, never the data itself, so it may be shown to a
 * caller and logged.
 */
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean tooDeep;

  /**
   * @param message what is wrong, without any part of the data
   */
  public MalformedJsonException(String message) {
    this(message, false);
  }

  private MalformedJsonException(String message, boolean tooDeep) {
    super(message);
    this.tooDeep = tooDeep;
  }

  /** A value that nests deeper than {@link Json#DEPTH_MAX}. */
  public static MalformedJsonException nestedTooDeep() {
    return new MalformedJsonException("is nested deeper than " + Json.DEPTH_MAX + " levels", true);
  }

  /** Whether the value is JSON but nests too deep. */
  public boolean isTooDeep() {
    return tooDeep;
  }
}
