package io.mcpgovernor.audit;

import io.mcpgovernor.call.JsonWriter;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a log stands: the number and the hash of its last record, and the tree over all of them.
 * Used by one thread at a time.
 */
final class HashChain {
  private static final HexFormat HEX = HexFormat.of();

  private final MessageDigest sha256 = Sha256.create();
  private final MerkleFrontier tree = new MerkleFrontier(sha256);
  private final byte[] last = new byte[Sha256.BYTES];
  private final byte[] computed = new byte[Sha256.BYTES];
  private String lastHex = HEX.formatHex(last);
  private long seq;
  private long uncovered;

  /** The number of the last record; 0 where there is none. */
  long seq() {
    return seq;
  }

  /** Its hash, not to be changed; zeros where there is none. */
  byte[] last() {
    return last;
  }

  MerkleFrontier tree() {
    return tree;
  }

  /** How many records there are since the last checkpoint. */
  long uncovered() {
    return uncovered;
  }

  /** The record added last was a checkpoint. */
  void covered() {
    uncovered = 0;
  }

  /**
   * Ends a record that is written but for its last three fields, and makes it the last one.
   *
   * @param from where it begins
   */
  void seal(JsonWriter json, int from) {
    json.field("seq", seq + 1).field("prev", lastHex);
    json.digest(sha256, from);
    Sha256.into(sha256, last);
    lastHex = HEX.formatHex(last);
    json.field("hash", lastHex).endObject();
    added();
  }

  /** Makes a line that was read the last record, if it follows the one before and is unchanged. */
  boolean accept(byte[] line, LineEnd end) {
    if (end.seq() != seq + 1 || !Arrays.equals(end.prev(), last)) {
      return false;
    }
    sha256.update(line, 0, end.hashed());
    Sha256.into(sha256, computed);
    if (!Arrays.equals(computed, end.hash())) {
      return false;
    }
    System.arraycopy(computed, 0, last, 0, Sha256.BYTES);
    lastHex = HEX.formatHex(last);
    added();
    return true;
  }

  /**
   * Goes on from a checkpoint: what comes next is its record.
   *
   * @param prev the hash of the last record that it covers
   * @return whether the tree can be that of so many records
   */
  boolean restore(long seq, byte[] prev, List<byte[]> subtrees) {
    if (!tree.restore(seq, subtrees)) {
      return false;
    }
    this.seq = seq;
    System.arraycopy(prev, 0, last, 0, Sha256.BYTES);
    lastHex = HEX.formatHex(last);
    uncovered = 0;
    return true;
  }

  /** Becomes what another chain is. */
  void copyFrom(HashChain other) {
    seq = other.seq;
    uncovered = other.uncovered;
    System.arraycopy(other.last, 0, last, 0, Sha256.BYTES);
    lastHex = other.lastHex;
    tree.copyFrom(other.tree);
  }

  private void added() {
    tree.add(last);
    seq++;
    uncovered++;
  }
}
