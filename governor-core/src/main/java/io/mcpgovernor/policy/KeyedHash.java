package io.mcpgovernor.policy;

import java.security.SecureRandom;

/**
 * SipHash-2-4 with 128 bits of output over the UTF-16 units of a string, under a random key of this
 * process: short enough to stand for the string in a table of millions, and nobody who chooses
 * names can make two of them meet.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">Aumasson, Bernstein: SipHash</a>
 */
final class KeyedHash {
  /** A 128-bit hash. */
  record Hash128(long high, long low) {}

  private final long k0;
  private final long k1;

  KeyedHash() {
    this(new SecureRandom().nextLong(), new SecureRandom().nextLong());
  }

  KeyedHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
  }

  Hash128 hash(String text) {
    State state = new State(k0, k1);
    int length = text.length();
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      state.absorb(
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48);
    }
    long last = (length * 2L) << 56;
    for (int shift = 0; i < length; i++, shift += 16) {
      last |= (long) text.charAt(i) << shift;
    }
    state.absorb(last);
    return state.finish();
  }

  /** The four words that SipHash stirs. */
  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long k0, long k1) {
      v0 = k0 ^ 0x736f6d6570736575L;
      v1 = k1 ^ 0x646f72616e646f6dL ^ 0xee;
      v2 = k0 ^ 0x6c7967656e657261L;
      v3 = k1 ^ 0x7465646279746573L;
    }

    void absorb(long word) {
      v3 ^= word;
      rounds(2);
      v0 ^= word;
    }

    Hash128 finish() {
      v2 ^= 0xee;
      rounds(4);
      long low = v0 ^ v1 ^ v2 ^ v3;
      v1 ^= 0xdd;
      rounds(4);
      return new Hash128(v0 ^ v1 ^ v2 ^ v3, low);
    }

    private void rounds(int count) {
      for (int i = 0; i < count; i++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
    }
  }
}
