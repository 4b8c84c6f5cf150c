package io.mcpgovernor.pii;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Looks at as many bytes at a time as the machine has in a register. Short texts, ends of texts and
 * what needs a closer look are left to {@link SwarFinder}.
 */
final class VectorFinder extends CandidateFinder {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** The bytes that are looked at by longs first: what is close is found sooner that way. */
  private static final int NEAR = 2 * Long.BYTES;

  /** Whether the machine has registers that hold more than two longs. */
  static boolean isWorthwhile() {
    return LANES >= NEAR && LANES <= Long.SIZE;
  }

  @Override
  String label() {
    return "vectors of " + LANES * Byte.SIZE + " bits";
  }

  @Override
  int next(byte[] text, int from, int to) {
    if (to - from < NEAR) {
      return SwarFinder.INSTANCE.next(text, from, to);
    }
    int near = SwarFinder.signWithinTwoBlocks(text, from);
    return near >= 0 ? near : nextFar(text, from, to);
  }

  private static int nextFar(byte[] text, int from, int to) {
    int last = to - LANES;
    int at = from;
    // How many bytes before the vector may belong to a long word that goes on in it.
    int run = 0;
    while (at <= last) {
      ByteVector bytes = ByteVector.fromArray(SPECIES, text, at);
      long signs = within(bytes, '0', '@').toLong();
      // What a word may be made of, and a few more: one comparison, as most text has gaps.
      long dense = bytes.compare(VectorOperators.GE, (byte) '+').toLong() & ~signs;
      if (longRuns(dense) != 0 || run + Long.numberOfTrailingZeros(~dense) >= LONG_WORD) {
        long letters = lettersAndJoints(bytes);
        int begin = begin(text, from, at);
        if (at - begin + Long.numberOfTrailingZeros(~letters) >= LONG_WORD) {
          return begin;
        }
        // No sign is a letter, so what is marked here is neither lost nor counted twice.
        signs |= longRuns(letters);
      }
      if (signs != 0) {
        return at + Long.numberOfTrailingZeros(signs);
      }
      run = Long.numberOfLeadingZeros(~(dense << (Long.SIZE - LANES)));
      at += LANES;
    }
    return SwarFinder.INSTANCE.next(text, Math.max(from, at - (LONG_WORD - 1)), to);
  }

  /** Marks each lane from which on the {@value #LONG_WORD} lanes are all marked. */
  private static long longRuns(long marks) {
    // Each step leaves the marks that are followed by twice as many.
    long runs = marks & marks >>> 1;
    runs &= runs >>> 2;
    runs &= runs >>> 4;
    return runs & runs >>> 8;
  }

  /** Where the letters and joints right before a vector begin, as far as they matter. */
  private static int begin(byte[] text, int from, int at) {
    int begin = at;
    int beginMin = Math.max(from, at - (LONG_WORD - 1));
    while (begin > beginMin && isLetterOrJoint(text[begin - 1])) {
      begin--;
    }
    return begin;
  }

  private static long lettersAndJoints(ByteVector bytes) {
    return within(bytes.lanewise(VectorOperators.OR, (byte) 0x20), 'a', 'z')
        .or(within(bytes, '-', '/'))
        .or(bytes.eq((byte) '_'))
        .or(bytes.eq((byte) '+'))
        .toLong();
  }

  private static VectorMask<Byte> within(ByteVector bytes, char low, char high) {
    return bytes.sub((byte) low).compare(VectorOperators.ULE, (byte) (high - low));
  }
}
