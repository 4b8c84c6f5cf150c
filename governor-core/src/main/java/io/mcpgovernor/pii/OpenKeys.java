package io.mcpgovernor.pii;

import java.util.Arrays;

/**
 * The keys of all objects now open, so that masked keys can be kept apart when an object closes: a
 * key that looks like a mask may come after the key whose mask it equals.
 *
 * <p>Three numbers a key, kept until its object closes. Not thread-safe.
 */
final class OpenKeys {
  /** In place of a splice's number: this key is as it was. */
  static final int LITERAL = -1;

  private static final int KEY_INTS = 3;

  private int[] stack = new int[48];
  private int size;
  private int base;
  private boolean masked;

  /** Forgets everything. */
  void reset() {
    size = 0;
    base = 0;
    masked = false;
  }

  /** Enters an object. */
  void open() {
    push(base, masked ? 1 : 0);
    base = size;
    masked = false;
  }

  /**
   * Notes a key of the innermost object.
   *
   * @param reserved the splice kept for its ordinal, or {@link #LITERAL}
   */
  void add(int from, int to, int reserved) {
    push(from, to);
    push(reserved);
    masked |= reserved != LITERAL;
  }

  /** Leaves the innermost object. */
  void close() {
    size = base - 2;
    base = stack[size];
    masked = stack[size + 1] != 0;
  }

  /** How much memory it holds on to. */
  int bytesHeld() {
    return Integer.BYTES * stack.length;
  }

  /** Whether a key of the innermost object was masked. */
  boolean isMasked() {
    return masked;
  }

  /** How many keys the innermost object has so far. */
  int count() {
    return (size - base) / KEY_INTS;
  }

  int from(int key) {
    return stack[base + key * KEY_INTS];
  }

  int to(int key) {
    return stack[base + key * KEY_INTS + 1];
  }

  int reserved(int key) {
    return stack[base + key * KEY_INTS + 2];
  }

  private void push(int first, int second) {
    push(first);
    push(second);
  }

  private void push(int value) {
    if (size == stack.length) {
      stack = Arrays.copyOf(stack, size * 2);
    }
    stack[size++] = value;
  }
}
