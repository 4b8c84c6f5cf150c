package io.mcpgovernor.bench.accuracy;

/**
 * One place that was judged wrongly.
 *
 * @param fault in which way
 * @param text where
 * @param label the truth that was missed, or the prediction that is wrong
 */
public record Mistake(Fault fault, LabelledText text, Label label) {
  private static final int AROUND = 40;

  /** In which way a detector was wrong. */
  public enum Fault {
    /** There is PII, and it was not found. */
    MISSED,
    /** There is none, or of another type or elsewhere. */
    NOT_PII
  }

  /** The place with what stands around it, on one line. */
  @Override
  public String toString() {
    int[] all = text.text().codePoints().toArray();
    int from = Math.max(0, label.start() - AROUND);
    int to = Math.min(all.length, label.end() + AROUND);
    int end = Math.min(all.length, label.end());
    String shown =
        new String(all, from, label.start() - from)
            + "[["
            + new String(all, label.start(), end - label.start())
            + "]]"
            + new String(all, end, to - end);
    return fault
        + " "
        + label.type()
        + " "
        + text.id()
        + " "
        + shown.replace("\n", "\\n").replace("\t", "\\t");
  }
}
