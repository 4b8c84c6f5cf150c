package io.mcpgovernor.verify;

import java.util.Arrays;
import java.util.List;

/**
 * The Merkle tree of RFC 6962 over the records' hashes, as far as one has to remember it: the roots
 * of its perfect subtrees, at most one of each height. Not thread-safe.
 */
final class MerkleFrontier {
  private static final int HEIGHTS = 63;

  private final Sha256 sha256;
  // The subtree of 2^i leaves stands at i, if bit i of size is set.
  private final byte[] roots = new byte[HEIGHTS * Sha256.BYTES];
  private final byte[] leaf = new byte[1 + Sha256.BYTES];
  private final byte[] pair = new byte[1 + 2 * Sha256.BYTES];
  private final byte[] carry = new byte[Sha256.BYTES];
  private long size;

  MerkleFrontier(Sha256 sha256) {
    this.sha256 = sha256;
    pair[0] = 1;
  }

  /** How many leaves it has. */
  long size() {
    return size;
  }

  /** The leaf that stands for a record: SHA-256(0x00 || hash of the record). */
  void leafOf(byte[] recordHash, int from, byte[] to, int at) {
    System.arraycopy(recordHash, from, leaf, 1, Sha256.BYTES);
    sha256.hash(leaf, 0, leaf.length, to, at);
  }

  /** Appends a leaf, which is hashed already. */
  void append(byte[] leafHash, int from) {
    append(0, leafHash, from);
  }

  /**
   * Appends a perfect subtree of 2^height leaves, at a place where one of that height may begin.
   */
  void append(int height, byte[] root, int from) {
    int at = height;
    System.arraycopy(root, from, carry, 0, Sha256.BYTES);
    while ((size >>> at & 1) == 1) {
      pair(roots, at * Sha256.BYTES, carry, carry);
      at++;
    }
    System.arraycopy(carry, 0, roots, at * Sha256.BYTES, Sha256.BYTES);
    size += 1L << height;
  }

  /** SHA-256(0x01 || left || right). */
  void pair(byte[] left, int from, byte[] right, byte[] to) {
    System.arraycopy(left, from, pair, 1, Sha256.BYTES);
    System.arraycopy(right, 0, pair, 1 + Sha256.BYTES, Sha256.BYTES);
    sha256.hash(pair, 0, pair.length, to, 0);
  }

  /** The root of the whole tree; that of an empty one is the hash of nothing. */
  byte[] root() {
    if (size == 0) {
      return Sha256.of(new byte[0]);
    }
    int height = Long.numberOfTrailingZeros(size);
    byte[] root = Arrays.copyOfRange(roots, height * Sha256.BYTES, (height + 1) * Sha256.BYTES);
    for (height++; size >>> height != 0; height++) {
      if ((size >>> height & 1) == 1) {
        pair(roots, height * Sha256.BYTES, root, root);
      }
    }
    return root;
  }

  /**
   * Becomes the tree of a size, from the roots of its perfect subtrees, largest first.
   *
   * @throws IllegalArgumentException if there are not as many as the size has
   */
  void become(long newSize, List<byte[]> largestFirst) {
    if (newSize < 0 || Long.bitCount(newSize) != largestFirst.size()) {
      throw new IllegalArgumentException("one root for each perfect subtree");
    }
    size = 0;
    int next = 0;
    for (int height = HEIGHTS - 1; height >= 0; height--) {
      if ((newSize >>> height & 1) == 1) {
        System.arraycopy(largestFirst.get(next++), 0, roots, height * Sha256.BYTES, Sha256.BYTES);
      }
    }
    size = newSize;
  }

  /** Whether both have the same leaves. */
  boolean isSameAs(MerkleFrontier other) {
    if (size != other.size) {
      return false;
    }
    for (int height = 0; size >>> height != 0; height++) {
      int at = height * Sha256.BYTES;
      if ((size >>> height & 1) == 1
          && !Arrays.equals(roots, at, at + Sha256.BYTES, other.roots, at, at + Sha256.BYTES)) {
        return false;
      }
    }
    return true;
  }
}
