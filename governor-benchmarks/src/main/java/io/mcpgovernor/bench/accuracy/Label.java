package io.mcpgovernor.bench.accuracy;

/**
 * What a part of a text is.
 *
 * @param start where it begins, in code points
 * @param end where it ends, exclusive, in code points
 * @param type the name of a {@link PiiType}, of a {@link Trap}, or one that a gold file brought
 */
public record Label(int start, int end, String type) {
  /** Refuses empty places. */
  public Label {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a label needs a place: " + start + " to " + end);
    }
  }

  Label moved(int by) {
    return new Label(start + by, end + by, type);
  }
}
