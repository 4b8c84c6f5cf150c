package io.mcpgovernor.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962 over the hashes of all records, as little of it as it takes to go on:
 * the roots of its perfect subtrees, at most one for each bit of its size. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6962#section-2.1">RFC 6962, section 2.1</a>
 */
final class MerkleFrontier {
  private static final int LEVELS = Long.SIZE - 1;
  private static final byte LEAF = 0;
  private static final byte INNER = 1;

  private final MessageDigest sha256;
  private final byte[] node = new byte[Sha256.BYTES];

  /** The root of the perfect subtree of 2^level leaves, where the size has that bit. */
  private final byte[][] subtrees = new byte[LEVELS][Sha256.BYTES];

  private long size;

  /**
   * An empty tree.
   *
   * @param sha256 may be shared with others of the same thread
   */
  MerkleFrontier(MessageDigest sha256) {
    this.sha256 = sha256;
  }

  /** How many leaves it has. */
  long size() {
    return size;
  }

  /** Adds the hash of the next record. */
  void add(byte[] recordHash) {
    sha256.update(LEAF);
    sha256.update(recordHash);
    Sha256.into(sha256, node);
    int level = 0;
    for (; ((size >> level) & 1) == 1; level++) {
      join(subtrees[level], node, node);
    }
    System.arraycopy(node, 0, subtrees[level], 0, Sha256.BYTES);
    size++;
  }

  /** The root of the whole tree; of an empty one the hash of nothing. */
  byte[] root() {
    if (size == 0) {
      return sha256.digest();
    }
    int level = Long.numberOfTrailingZeros(size);
    byte[] root = subtrees[level].clone();
    while (++level < LEVELS) {
      if (((size >> level) & 1) == 1) {
        join(subtrees[level], root, root);
      }
    }
    return root;
  }

  /** The roots of the perfect subtrees, the largest first. */
  List<byte[]> subtrees() {
    List<byte[]> largestFirst = new ArrayList<>();
    for (int level = LEVELS - 1; level >= 0; level--) {
      if (((size >> level) & 1) == 1) {
        largestFirst.add(subtrees[level].clone());
      }
    }
    return largestFirst;
  }

  /**
   * Takes the place of another tree.
   *
   * @return whether there are as many subtrees as the size has bits
   */
  boolean restore(long size, List<byte[]> largestFirst) {
    if (size < 0 || Long.bitCount(size) != largestFirst.size()) {
      return false;
    }
    this.size = size;
    int i = 0;
    for (int level = LEVELS - 1; level >= 0; level--) {
      if (((size >> level) & 1) == 1) {
        System.arraycopy(largestFirst.get(i++), 0, subtrees[level], 0, Sha256.BYTES);
      }
    }
    return true;
  }

  /** Becomes what another tree is. */
  void copyFrom(MerkleFrontier other) {
    size = other.size;
    for (int level = 0; size >> level != 0; level++) {
      System.arraycopy(other.subtrees[level], 0, subtrees[level], 0, Sha256.BYTES);
    }
  }

  private void join(byte[] left, byte[] right, byte[] target) {
    sha256.update(INNER);
    sha256.update(left);
    sha256.update(right);
    Sha256.into(sha256, target);
  }
}
