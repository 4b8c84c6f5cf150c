package io.mcpgovernor.verify;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The calls whose attempt was read and whose outcome was not yet. At most {@value #CALLS_MAX}; of
 * more it only knows how many. Not thread-safe.
 */
final class OpenCalls {
  /** More than run at one time anywhere; with their ids some 16 MiB. */
  static final int CALLS_MAX = 100_000;

  /** Ids are 36 characters; of a longer one its hash is kept. */
  private static final int ID_BYTES = 47;

  private static final int SLOT_BYTES = 1 + ID_BYTES;
  private static final int SLOTS_AT_FIRST = 1_024;

  // Open addressing: a slot is free if its seq is 0.
  private byte[] ids = new byte[SLOTS_AT_FIRST * SLOT_BYTES];
  private long[] seqs = new long[SLOTS_AT_FIRST];
  private final byte[] id = new byte[SLOT_BYTES];
  private final Sha256 sha256;
  // Ids may come from whoever wants this to be slow.
  private final long seed = new SecureRandom().nextLong();
  private int size;
  private long untracked;
  private long unmatched;
  private long repeated;

  /** One of them. */
  record OpenCall(long seq, String callId) {}

  OpenCalls(Sha256 sha256) {
    this.sha256 = sha256;
  }

  /** An attempt was read. */
  void begun(byte[] bytes, int from, int to, long seq) {
    key(bytes, from, to);
    int slot = find();
    if (seqs[slot] != 0) {
      repeated++; // the earlier one can no longer get an outcome of its own
      seqs[slot] = seq;
    } else if (size == CALLS_MAX) {
      untracked++;
    } else {
      put(slot, seq);
      if (++size > seqs.length / 2) {
        grow();
      }
    }
  }

  /** An outcome was read. */
  void ended(byte[] bytes, int from, int to) {
    key(bytes, from, to);
    int slot = find();
    if (seqs[slot] == 0) {
      unmatched++;
    } else {
      remove(slot);
      size--;
    }
  }

  /** How many calls have an attempt only. */
  long count() {
    return size + repeated + Math.max(0, untracked - unmatched);
  }

  /**
   * How many attempts were read while the table was full, so that count() may be too high or low.
   */
  long untracked() {
    return untracked;
  }

  /** How many outcomes were read without their attempts. */
  long unmatched() {
    return Math.max(0, unmatched - untracked);
  }

  /** The first of them by seq. */
  List<OpenCall> first(int most) {
    List<OpenCall> calls = new ArrayList<>();
    for (int slot = 0; slot < seqs.length; slot++) {
      if (seqs[slot] != 0) {
        int at = slot * SLOT_BYTES;
        int length = ids[at];
        String text =
            length <= ID_BYTES ? new String(ids, at + 1, length, StandardCharsets.UTF_8) : "(long)";
        calls.add(new OpenCall(seqs[slot], text));
      }
    }
    calls.sort(Comparator.comparingLong(OpenCall::seq));
    return List.copyOf(calls.subList(0, Math.min(most, calls.size())));
  }

  private void key(byte[] bytes, int from, int to) {
    Arrays.fill(id, (byte) 0);
    int length = to - from;
    if (length <= ID_BYTES) {
      id[0] = (byte) length;
      System.arraycopy(bytes, from, id, 1, length);
    } else {
      id[0] = ID_BYTES + 1;
      sha256.hash(bytes, from, length, id, 1);
    }
  }

  /** The slot of the id, or the free one where it would be. */
  private int find() {
    int slot = home(id, 0);
    while (seqs[slot] != 0
        && !Arrays.equals(ids, slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES, id, 0, SLOT_BYTES)) {
      slot = (slot + 1) & (seqs.length - 1);
    }
    return slot;
  }

  private int home(byte[] bytes, int from) {
    long hash = seed;
    for (int i = 0; i < SLOT_BYTES; i++) {
      hash = (hash ^ bytes[from + i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 32) & (seqs.length - 1);
  }

  private void put(int slot, long seq) {
    System.arraycopy(id, 0, ids, slot * SLOT_BYTES, SLOT_BYTES);
    seqs[slot] = seq;
  }

  /** Frees a slot and moves up those behind it that would no longer be found. */
  private void remove(int freed) {
    int mask = seqs.length - 1;
    int free = freed;
    seqs[free] = 0;
    for (int slot = (free + 1) & mask; seqs[slot] != 0; slot = (slot + 1) & mask) {
      int home = home(ids, slot * SLOT_BYTES);
      if (((slot - home) & mask) >= ((slot - free) & mask)) {
        System.arraycopy(ids, slot * SLOT_BYTES, ids, free * SLOT_BYTES, SLOT_BYTES);
        seqs[free] = seqs[slot];
        seqs[slot] = 0;
        free = slot;
      }
    }
  }

  private void grow() {
    byte[] oldIds = ids;
    long[] oldSeqs = seqs;
    ids = new byte[2 * oldIds.length];
    seqs = new long[2 * oldSeqs.length];
    for (int slot = 0; slot < oldSeqs.length; slot++) {
      if (oldSeqs[slot] != 0) {
        System.arraycopy(oldIds, slot * SLOT_BYTES, id, 0, SLOT_BYTES);
        put(find(), oldSeqs[slot]);
      }
    }
  }
}
