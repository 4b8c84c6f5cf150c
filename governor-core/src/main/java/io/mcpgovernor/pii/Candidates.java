package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * Where numbers and words stand that need a second look, in order. Grows with the text: at most one
 * for every two of its bytes. Not thread-safe.
 */
final class Candidates {
  private int[] starts = new int[64];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int start) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
    }
    starts[size++] = start;
  }

  /** Holds what another one holds, and nothing else. */
  void copy(Candidates other) {
    size = 0;
    for (int i = 0; i < other.size; i++) {
      add(other.starts[i]);
    }
  }

  int size() {
    return size;
  }

  int start(int i) {
    return starts[i];
  }

  /** How much memory it holds on to. */
  int bytesHeld() {
    return Integer.BYTES * starts.length;
  }
}
