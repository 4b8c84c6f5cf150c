package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The keys of the objects that are being read, to find those that are there twice. Keys are
 * compared by what they say, however they are escaped.
 *
 * <p>Takes n log n comparisons at most, whatever the keys are: where many keys share a hash, they
 * are sorted.
 */
final class OpenKeys {
  /** Up to so many keys each is compared with each, which is faster than to sort them. */
  private static final int FEW = 12;

  private final byte[] text;
  private int[] from = new int[16]; // of an unescaped key: its place in unescaped, inverted
  private int[] to = new int[16];
  private int[] hash = new int[16];
  private int size;
  private byte[] unescaped = {};
  private int unescapedSize;
  private long comparisons;

  OpenKeys(byte[] text) {
    this.text = text;
  }

  /** Starts an object; what it returns is what {@link #close} needs. */
  int open() {
    return size;
  }

  /** A key of the object that was opened last. */
  void add(int keyFrom, int keyTo) {
    if (size == from.length) {
      from = Arrays.copyOf(from, size * 2);
      to = Arrays.copyOf(to, size * 2);
      hash = Arrays.copyOf(hash, size * 2);
    }
    from[size] = keyFrom;
    to[size] = keyTo;
    hash[size++] = hash(text, keyFrom, keyTo);
  }

  /** The same, for a key that was written with escapes. */
  void add(String key) {
    byte[] bytes = key.getBytes(UTF_8);
    if (unescapedSize + bytes.length > unescaped.length) {
      unescaped = Arrays.copyOf(unescaped, 2 * unescaped.length + bytes.length);
    }
    System.arraycopy(bytes, 0, unescaped, unescapedSize, bytes.length);
    add(0, 0);
    from[size - 1] = ~unescapedSize;
    unescapedSize += bytes.length;
    to[size - 1] = unescapedSize;
    hash[size - 1] = hash(bytes, 0, bytes.length);
  }

  /** Ends the object, and says whether a key was there twice. */
  boolean close(int opened) {
    boolean twice = size - opened <= FEW ? isTwiceInFew(opened) : isTwiceInMany(opened);
    drop(opened);
    return twice;
  }

  /** Ends the object. */
  void drop(int opened) {
    for (int i = opened; i < size; i++) {
      if (from[i] < 0) {
        unescapedSize = ~from[i];
        break;
      }
    }
    size = opened;
  }

  /** How often keys were compared, for the proof that it is not too often. */
  long comparisons() {
    return comparisons;
  }

  private boolean isTwiceInFew(int opened) {
    for (int i = opened + 1; i < size; i++) {
      for (int j = opened; j < i; j++) {
        if (hash[i] == hash[j] && compare(i, j) == 0) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isTwiceInMany(int opened) {
    long[] sorted = new long[size - opened];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = (long) hash[opened + i] << Integer.SIZE | opened + i;
    }
    Arrays.sort(sorted);
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] >> Integer.SIZE != sorted[start] >> Integer.SIZE) {
        if (i - start > 1 && isTwiceAlike(sorted, start, i)) {
          return true;
        }
        start = i;
      }
    }
    return false;
  }

  /** Among keys of one hash. There are many of them only where somebody has made them so. */
  private boolean isTwiceAlike(long[] sorted, int start, int end) {
    Integer[] keys = new Integer[end - start];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (int) sorted[start + i];
    }
    Arrays.sort(keys, this::compare);
    for (int i = 1; i < keys.length; i++) {
      if (compare(keys[i - 1], keys[i]) == 0) {
        return true;
      }
    }
    return false;
  }

  private int compare(int left, int right) {
    comparisons++;
    return Arrays.compare(
        source(left), start(left), to[left], source(right), start(right), to[right]);
  }

  private byte[] source(int key) {
    return from[key] < 0 ? unescaped : text;
  }

  private int start(int key) {
    return from[key] < 0 ? ~from[key] : from[key];
  }

  private static int hash(byte[] key, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + key[i];
    }
    return hash;
  }
}
