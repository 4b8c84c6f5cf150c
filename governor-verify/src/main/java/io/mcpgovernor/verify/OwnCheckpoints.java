package io.mcpgovernor.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tree of one log, and the log's own checkpoints against it. Not thread-safe. */
final class OwnCheckpoints {
  /** A checkpoint is written at most this much later than it was taken; leaves for 2 MiB. */
  private static final int LEAVES_KEPT = 1 << 16;

  private static final int LEAVES_AT_FIRST = 1 << 10;

  private final TrustedKeys keys;
  private final MerkleFrontier frontier;
  private final MerkleFrontier claimed;
  // The last ones, each at its index modulo how many there is room for.
  private byte[] leaves = new byte[LEAVES_AT_FIRST * Sha256.BYTES];
  private long begunAt;
  private long count;
  private @Nullable Checkpoint last;

  private record Claim(Checkpoint checkpoint, List<byte[]> roots) {}

  OwnCheckpoints(Sha256 sha256, TrustedKeys keys) {
    this.keys = keys;
    this.frontier = new MerkleFrontier(sha256);
    this.claimed = new MerkleFrontier(sha256);
  }

  MerkleFrontier frontier() {
    return frontier;
  }

  @Nullable String origin() {
    return last == null ? null : last.origin();
  }

  long count() {
    return count;
  }

  long lastSize() {
    return last == null ? 0 : last.size();
  }

  @Nullable String lastTime() {
    return last == null ? null : last.time();
  }

  void append(byte[] leaf) {
    long index = frontier.size();
    int room = leaves.length / Sha256.BYTES;
    if (index - begunAt == room && room < LEAVES_KEPT) {
      byte[] larger = new byte[2 * leaves.length];
      for (long i = begunAt; i < index; i++) {
        System.arraycopy(leaves, slot(i, leaves), larger, slot(i, larger), Sha256.BYTES);
      }
      leaves = larger;
    }
    System.arraycopy(leaf, 0, leaves, slot(index, leaves), Sha256.BYTES);
    frontier.append(leaf, 0);
  }

  private static int slot(long index, byte[] ring) {
    return (int) (index & (ring.length / Sha256.BYTES - 1)) * Sha256.BYTES;
  }

  /** Takes a checkpoint's word for records that are no longer there. */
  void beginAt(long size, @Nullable Object value, LogListener listener) throws BadRecordException {
    Claim claim = claim(value);
    if (claim.checkpoint().size() != size) {
      throw new BadRecordException(
          "the log begins after " + size + " records, and its first checkpoint covers others");
    }
    frontier.become(size, claim.roots());
    begunAt = size;
    int next = 0;
    for (int height = Long.SIZE - 2; height >= 0; height--) {
      if ((size >>> height & 1) == 1) {
        listener.subtree(height, claim.roots().get(next++), 0);
      }
    }
  }

  /**
   * Checks a checkpoint record against the tree of all records before it.
   *
   * @param coversAll whether it has to cover all of them
   */
  Checkpoint check(long seq, @Nullable Object value, boolean coversAll) throws BadRecordException {
    Claim claim = claim(value);
    Checkpoint checkpoint = claim.checkpoint();
    long size = checkpoint.size();
    if (size >= seq || (coversAll && size != seq - 1)) {
      throw new BadRecordException(
          "the checkpoint covers " + size + " records where there are " + (seq - 1));
    }
    if (size < begunAt) {
      throw new BadRecordException("the checkpoint covers only records that are deleted");
    }
    if (frontier.size() - size > LEAVES_KEPT) {
      throw new BadRecordException(
          "the checkpoint covers " + size + " records only and stands too late to be checked");
    }
    claimed.become(size, claim.roots());
    for (long index = size; index < frontier.size(); index++) {
      claimed.append(leaves, slot(index, leaves));
    }
    if (!claimed.isSameAs(frontier)) {
      throw new BadRecordException(
          "the checkpoint does not match the records before it: they were rewritten");
    }
    if (last != null && !last.origin().equals(checkpoint.origin())) {
      throw new BadRecordException("the checkpoint is of another log: " + checkpoint.origin());
    }
    keys.check(checkpoint, seq);
    count++;
    if (last == null || last.size() <= size) {
      last = checkpoint;
    }
    return checkpoint;
  }

  /** What a checkpoint record says, if it agrees with itself. */
  private Claim claim(@Nullable Object value) throws BadRecordException {
    if (!(value instanceof Map<?, ?> members
        && members.get("size") instanceof Long size
        && members.get("note") instanceof String note
        && members.get("frontier") instanceof List<?> hexes)) {
      throw new BadRecordException("the checkpoint has no size, note and frontier");
    }
    Checkpoint checkpoint = Checkpoint.parse(note);
    if (checkpoint.size() != size || size < 1 || Long.bitCount(size) != hexes.size()) {
      throw new BadRecordException("the checkpoint's size, note and frontier do not agree");
    }
    List<byte[]> roots = new ArrayList<>();
    for (Object hex : hexes) {
      byte[] root = hex instanceof String digits ? Hex.hash(digits) : null;
      if (root == null) {
        throw new BadRecordException("the checkpoint's frontier has something that is no hash");
      }
      roots.add(root);
    }
    claimed.become(size, roots);
    if (!Arrays.equals(claimed.root(), checkpoint.root())) {
      throw new BadRecordException("the checkpoint's frontier does not have the signed root");
    }
    return new Claim(checkpoint, roots);
  }
}
