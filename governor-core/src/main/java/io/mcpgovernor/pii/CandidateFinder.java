package io.mcpgovernor.pii;

/**
 * Passes over text in which no PII can begin, many bytes at a time. Every form of it gives the same
 * answers, to the byte.
 *
 * <p>A <em>candidate</em> is an index {@code i} where
 *
 * <ul>
 *   <li>the byte is one of {@code 0-9 : ; < = > ? @}, or
 *   <li>the {@value #LONG_WORD} bytes from {@code i} on are all {@linkplain #isLetterOrJoint
 *       letters or joints}: a long word without any digit begins here.
 * </ul>
 *
 * Both look to the right only, so it does not matter where a search began. Every run of {@value
 * #LONG_WORD} or more characters of {@code [A-Za-z0-9+/_=.-]} is found: at its first byte, or, if
 * digits or {@code =} are among them, at the first of these at the latest. So whoever wants to know
 * the whole word around a digit looks to its left, a bounded way.
 *
 * <p>Within a long word each next byte begins {@value #LONG_WORD} letters, too. Whoever has looked
 * at a word searches on from its end, not from its second byte.
 *
 * <p>Stateless and thread-safe. Time is linear in what is passed over. No byte before {@code from}
 * or from {@code to} on is read.
 */
abstract class CandidateFinder {
  /** The fastest that this JVM can run. */
  static final CandidateFinder BEST = FinderChoice.best();

  /** No secret that is not found by its digits is shorter, and few words of prose are as long. */
  static final int LONG_WORD = 16;

  /** The first candidate from {@code from} on, or {@code to}. */
  abstract int next(byte[] text, int from, int to);

  /** What users are told. */
  abstract String label();

  /** Whether a byte is one of {@code 0-9 : ; < = > ? @}: one range, so it takes one comparison. */
  static boolean isSign(byte c) {
    return c >= '0' && c <= '@';
  }

  /** Whether a byte is one of {@code A-Z a-z + - . / _}, of which long words without digits are. */
  static boolean isLetterOrJoint(byte c) {
    return Ascii.isLetter(c) || c == '+' || (c >= '-' && c <= '/') || c == '_';
  }
}
