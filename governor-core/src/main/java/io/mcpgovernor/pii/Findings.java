package io.mcpgovernor.pii;

import java.util.Arrays;
import java.util.Objects;

/**
 * Collects what detectors find in one text. Findings may be added in any order and may overlap:
 * those that do become one, of the kind of the longest.
 *
 * <p>Bounded: beyond {@value #FINDINGS_MAX} findings in one text the last one grows to cover those
 * that follow, so that more is masked, never less. Not thread-safe.
 */
public final class Findings {
  /** How many findings of one text are told apart. */
  static final int FINDINGS_MAX = 1 << 24;

  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private Kind[] kinds = new Kind[8];
  private int size;
  private int from;
  private int to;

  Findings() {}

  /** Forgets everything and gets ready for a text. */
  void reset(int textFrom, int textTo) {
    size = 0;
    from = textFrom;
    to = textTo;
  }

  /**
   * Reports PII.
   *
   * @param start where it begins: an index into {@link Text#utf8()}, at least {@link Text#from()}
   * @param end where it ends, exclusive, at most {@link Text#to()}
   * @param kind what it is
   * @throws IllegalArgumentException if the place is empty or not within the text
   */
  public void add(int start, int end, Kind kind) {
    Objects.requireNonNull(kind);
    if (start < from || end > to || start >= end) {
      throw new IllegalArgumentException("a finding must be a non-empty place within the text");
    }
    if (size == FINDINGS_MAX) {
      starts[size - 1] = Math.min(starts[size - 1], start);
      ends[size - 1] = Math.max(ends[size - 1], end);
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      kinds = Arrays.copyOf(kinds, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    kinds[size++] = kind;
  }

  /** Leaves out, of those from {@code mark} on, what the rules do not mask. */
  void keepCovered(int mark, MaskRules rules) {
    int kept = mark;
    for (int i = mark; i < size; i++) {
      if (rules.covers(kinds[i])) {
        starts[kept] = starts[i];
        ends[kept] = ends[i];
        kinds[kept++] = kinds[i];
      }
    }
    size = kept;
  }

  /** Whether the first finding is a text as a whole. */
  boolean isWhole(int textFrom, int textTo) {
    return size > 0 && starts[0] == textFrom && ends[0] == textTo;
  }

  int size() {
    return size;
  }

  /** How much memory it holds on to. */
  int bytesHeld() {
    return 3 * Integer.BYTES * starts.length;
  }

  int start(int i) {
    return starts[i];
  }

  int end(int i) {
    return ends[i];
  }

  Kind kind(int i) {
    return kinds[i];
  }

  /** Puts the findings from {@code mark} on in order and joins those that overlap. */
  void settle(int mark) {
    if (!isSettled(mark)) {
      sort(mark);
      join(mark);
    }
  }

  private boolean isSettled(int mark) {
    for (int i = mark + 1; i < size; i++) {
      if (starts[i] < ends[i - 1]) {
        return false;
      }
    }
    return true;
  }

  private void sort(int mark) {
    // Start and place in one long, so that a plain sort is a stable one by start.
    long[] order = new long[size - mark];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) starts[mark + i] << 32 | i;
    }
    Arrays.sort(order);
    int[] oldEnds = Arrays.copyOfRange(ends, mark, size);
    Kind[] oldKinds = Arrays.copyOfRange(kinds, mark, size);
    for (int i = 0; i < order.length; i++) {
      starts[mark + i] = (int) (order[i] >>> 32);
      ends[mark + i] = oldEnds[(int) order[i]];
      kinds[mark + i] = oldKinds[(int) order[i]];
    }
  }

  private void join(int mark) {
    int last = mark;
    int longest = ends[mark] - starts[mark];
    for (int i = mark + 1; i < size; i++) {
      int length = ends[i] - starts[i];
      if (starts[i] >= ends[last]) {
        last++;
        starts[last] = starts[i];
        ends[last] = ends[i];
        kinds[last] = kinds[i];
        longest = length;
      } else {
        ends[last] = Math.max(ends[last], ends[i]);
        if (length > longest) {
          kinds[last] = kinds[i];
          longest = length;
        }
      }
    }
    size = last + 1;
  }
}
