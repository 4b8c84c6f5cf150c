package io.mcpgovernor.pii;

/**
 * What names of fields say, remembered: records repeat their keys. Holds hashes of names, never
 * names; two names that share a hash, about 1 in 10^19, would share what they say. Not thread-safe.
 */
final class FieldCues {
  private static final int SLOTS = 256;

  private final long[] hashes = new long[SLOTS];
  private final long[] cues = new long[SLOTS];

  /** The {@link Cue} of a name without escapes. */
  long of(byte[] key, int from, int to) {
    long hash = hash(key, from, to);
    int slot = (int) (hash >>> 56);
    if (hashes[slot] != hash) {
      cues[slot] = Evidence.name(key, from, to);
      hashes[slot] = hash;
    }
    return cues[slot];
  }

  private static long hash(byte[] key, int from, int to) {
    int length = to - from;
    if (length <= Long.BYTES && from + Long.BYTES <= key.length && length > 0) {
      // What stands behind the key in the array is shifted out.
      return mix((EightBytes.at(key, from) << ((Long.BYTES - length) * Byte.SIZE)) + length);
    }
    long hash = length * 0x9e3779b97f4a7c15L;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = mix(hash ^ EightBytes.at(key, i));
    }
    long rest = 0;
    for (; i < to; i++) {
      rest = rest << Byte.SIZE | (key[i] & 0xff);
    }
    return mix(hash ^ rest);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0xd6e8feb86659fd93L;
    return mixed ^ mixed >>> 32;
  }
}
