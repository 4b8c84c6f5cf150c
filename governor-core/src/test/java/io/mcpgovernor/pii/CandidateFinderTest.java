package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Runs twice on Java 25: with the portable finder, and with {@code --add-modules
 * jdk.incubator.vector} and the classes of the jar's Java 25 part.
 */
final class CandidateFinderTest {
  private static final int TEXT_MAX = 200;

  /** Longer than any vector and the bytes beside it that are looked at, on either side. */
  private static final int FOREIGN_MAX = 80;

  private static final String[] ALPHABETS = {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-./_",
    "etaoin shrdlu, cmfwyp. vbgkjq-xz",
    "abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz 0",
    "+,-./0:;<=>?@A[\\]^_`az{|}~ *!\"",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,{\"\u00e9",
    "0123456789",
  };

  private static final CandidateFinder BEST = CandidateFinder.BEST;

  @Test
  void theFinderIsTheOneThatThisRunAskedFor() {
    boolean vectors = Boolean.getBoolean("io.mcpgovernor.test.vectors");

    assertThat(Finders.active()).startsWith(vectors ? "vectors of " : "64-bit words");
  }

  @Test
  void eachByteIsJudgedAloneAsByTheDefinition() {
    byte[] text = new byte[150];
    for (int value = 0; value < 256; value++) {
      for (int at = 0; at < text.length; at++) {
        // Beside the highest and lowest bytes nothing may carry over.
        Arrays.fill(text, (byte) (at % 3 == 0 ? 0xff : at % 3 == 1 ? 0 : '!'));
        text[at] = (byte) value;
        agree(text, 0, text.length);
      }
    }
  }

  @Test
  void randomTextOfEveryLengthAndAlignmentIsSearchedAlikeWhateverStandsAroundIt() {
    Random random = new Random(20261122);
    for (int round = 0; round < 60; round++) {
      for (int length = 0; length <= TEXT_MAX; length++) {
        int from = random.nextInt(FOREIGN_MAX);
        byte[] text = foreign(from + length + random.nextInt(FOREIGN_MAX), random);
        fill(text, from, from + length, random);
        for (int start = from; start <= from + length; start += 1 + random.nextInt(9)) {
          agree(text, start, from + length);
        }
      }
    }
  }

  @Test
  void everyFromAndToOfAFewTextsIsSearchedAlike() {
    Random random = new Random(42);
    for (int round = 0; round < 12; round++) {
      byte[] text = new byte[TEXT_MAX];
      fill(text, 0, text.length, random);
      for (int from = 0; from <= text.length; from++) {
        for (int to = from; to <= text.length; to++) {
          agree(text, from, to);
        }
      }
    }
  }

  @Test
  void aLongWordIsFoundAtItsFirstByteWhereverItStands() {
    for (int at = 0; at < 150; at++) {
      for (int length = 14; length < 40; length++) {
        byte[] text = " ".repeat(at + length + 30).getBytes(UTF_8);
        Arrays.fill(text, at, at + length, (byte) 'w');

        agree(text, 0, text.length);
        agree(text, 0, at + length);
        assertThat(BEST.next(text, 0, text.length)).isEqualTo(length < 16 ? text.length : at);
      }
    }
  }

  @Test
  void aWordOfSixteenCharactersNeverGoesUnseenWhateverDigitsAreInIt() {
    Random random = new Random(7);
    String letters = "ABCXYZabcxyz0189+/_=.-";
    for (int round = 0; round < 20_000; round++) {
      byte[] text = " ".repeat(120).getBytes(UTF_8);
      int at = random.nextInt(100);
      for (int i = at; i < at + 16; i++) {
        text[i] = (byte) letters.charAt(random.nextInt(random.nextBoolean() ? 12 : 22));
      }

      assertThat(BEST.next(text, 0, text.length)).isBetween(at, at + 15);
    }
  }

  @Test
  void ofEightBytesThoseAreMarkedThatAreNoPlainContentOfAString() {
    Random random = new Random(8);
    for (int round = 0; round < 50_000; round++) {
      byte[] text = new byte[Long.BYTES];
      fill(text, 0, text.length, random);
      long expected = 0;
      for (int i = 0; i < text.length; i++) {
        int c = text[i] & 0xff;
        boolean isPlain = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
        expected |= isPlain ? 0 : 0x80L << (i * Byte.SIZE);
      }

      assertThat(StringBytes.plainEnds(EightBytes.at(text, 0))).isEqualTo(expected);
    }
  }

  private static void agree(byte[] text, int from, int to) {
    int expected = naiveNext(text, from, to);
    check(text, from, to, expected, BEST.next(text, from, to));
    check(text, from, to, expected, SwarFinder.INSTANCE.next(text, from, to));
  }

  // Millions of comparisons: an assertion object for each would take most of the time.
  private static void check(byte[] text, int from, int to, int expected, int found) {
    if (expected != found) {
      String around = new String(text, from, to - from, UTF_8);
      fail("next in [%s] from %s to %s: %s, not %s", around, from, to, found, expected);
    }
  }

  /** The definition, said another way. */
  private static int naiveNext(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if ("0123456789:;<=>?@".indexOf(text[i]) >= 0) {
        return i;
      }
      int end = i;
      while (end < to && isLetterOrJoint(text[end])) {
        end++;
      }
      if (end - i >= 16) {
        return i;
      }
    }
    return to;
  }

  private static boolean isLetterOrJoint(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || "+-./_".indexOf(c) >= 0;
  }

  private static void fill(byte[] text, int from, int to, Random random) {
    int alphabet = random.nextInt(ALPHABETS.length + 2);
    for (int i = from; i < to; i++) {
      text[i] =
          alphabet == ALPHABETS.length
              ? (byte) random.nextInt(256)
              : alphabet > ALPHABETS.length
                  ? (byte) random.nextInt(128)
                  : (byte) ALPHABETS[alphabet].charAt(random.nextInt(ALPHABETS[alphabet].length()));
    }
  }

  /** What may stand around a text: all of it would be found if it were looked at. */
  private static byte[] foreign(int length, Random random) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) "0@w\"".charAt(random.nextInt(4));
    }
    return text;
  }
}
