package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;

/**
 * The words that are evidence, in field names and in text: those that name a kind stand in its row
 * of {@link Kinds}; those that speak against PII, and those that say little, stand here. Words are
 * looked up as they stand in UTF-8, without regard to case and without making strings of them.
 *
 * <p>Words are compared by a 64-bit hash. That two words of this table differ in it is checked when
 * the class is loaded; that a foreign word hits one by accident is less likely than 1 in 10^16, and
 * would only weigh the evidence wrongly.
 */
final class Vocabulary {
  private static final int SLOTS = 4_096;
  private static final long[] HASHES = new long[SLOTS];
  private static final long[] CUES = new long[SLOTS];

  /** Which lengths words have that begin with two letters; most words of a text end here. */
  private static final int[] LENGTHS = new int[1 << 10];

  private static final int LENGTH_MAX = 31;

  static {
    for (Kind kind : Kinds.all()) {
      long said = Cue.of(Hint.SAID, Cue.bit(kind));
      for (String word : Kinds.row(kind).words) {
        word(word, said);
      }
    }
    words(
        Cue.of(Hint.LIKELY, Cue.bit(Kinds.PHONE)),
        "call calls called calling callback dial contact contacts reach ring sms text ph messages registered"
            + " answer answering desk");
    words(Cue.of(Hint.SAID, Cue.bit(Kinds.CARD)), "pan");
    words(
        Cue.of(Hint.IDENTIFIER, 0),
        "id ids uid uuid guid order orders ordernumber orderid invoice invoices trace"
            + " span tracking track hash sha checksum digest etag version versions ver"
            + " revision rev build commit sequence seq index idx serial sku isbn issn ean upc"
            + " gtin asin barcode batch lot shipment parcel waybill awb transaction"
            + " transactions txn tx ref reference request session token nonce seed port pid"
            + " zip zipcode postcode postal ticket job thread correlation confirmation"
            + " booking reservation rma part model identifier");
    words(
        Cue.of(Hint.TIME, 0),
        "timestamp timestamps epoch time times datetime date dates ts created updated modified"
            + " expires expiry started ended finished millis micros nanos ms ns seconds");
    words(
        Cue.of(Hint.MEASURE, 0),
        "amount amounts price prices cost total subtotal fee balance sum lat latitude lon lng"
            + " longitude coordinate coordinates coord coords altitude count counts size length"
            + " width height weight bytes offset quantity qty score rate ratio percent duration"
            + " elapsed latency distance delta gmt utc tz timezone");
    words(
        Cue.of(Hint.NEUTRAL, 0),
        "number numbers no num nr code codes value values digits raw is was are the of my home work office"
            + " main primary secondary national international formatted");
    words(Cue.NAMES, "name key field label title property attribute column question fieldname");
    words(Cue.HOLDS_VALUE, "value val values answer");
    for (Kind kind : Kinds.all()) {
      long said = Cue.of(Hint.SAID, Cue.bit(kind));
      for (String phrase : Kinds.row(kind).phrases) {
        int space = phrase.indexOf(' ');
        String last = phrase.substring(space + 1);
        word(last, Cue.ENDS_PHRASE);
        add(pair(hash(phrase.substring(0, space)), hash(last)), said);
      }
    }
  }

  /** Where phones stand, which is how their numbers are labelled. */
  private static final long[] PLACES = {
    hash("office"), hash("home"), hash("work"), hash("direct"), hash("business")
  };

  private Vocabulary() {}

  /** Whether a word is a place where a phone may stand. */
  static boolean isPlace(byte[] text, int from, int to) {
    long hash = hash(text, from, to);
    for (long place : PLACES) {
      if (place == hash) {
        return true;
      }
    }
    return false;
  }

  /** What the ASCII letters between {@code from} and {@code to} say as one word. */
  static long cue(byte[] text, int from, int to) {
    int length = to - from;
    if (length < 2 || length > LENGTH_MAX) {
      return Cue.NONE;
    }
    return (LENGTHS[initials(text[from], text[from + 1])] & (1 << length)) == 0
        ? Cue.NONE
        : cue(hash(text, from, to));
  }

  private static int initials(byte first, byte second) {
    return (first & 31) << 5 | (second & 31);
  }

  /**
   * What the word between {@code start} and {@code end} says together with the one before it, if it
   * {@linkplain Cue#ENDS_PHRASE can}; otherwise nothing.
   *
   * @param from how far back to look
   */
  static long phrase(byte[] text, int from, int start, int end) {
    int firstEnd = skipBack(text, from, start);
    int first = Words.start(text, from, firstEnd);
    if (isConnective(text, first, firstEnd)) {
      firstEnd = skipBack(text, from, first);
      first = Words.start(text, from, firstEnd);
    }
    return first == firstEnd
        ? Cue.NONE
        : cue(pair(hash(text, first, firstEnd), hash(text, start, end)));
  }

  /** What the two words before a word say together. */
  static long phraseBefore(byte[] text, int from, int start) {
    int end = skipBack(text, from, start);
    int first = Words.start(text, from, end);
    return first == end ? Cue.NONE : phrase(text, from, first, end);
  }

  /** Where the word before a word ends. */
  private static int skipBack(byte[] text, int from, int at) {
    int p = at;
    while (p > from && at - p < 3 && !Ascii.isWord(text[p - 1])) {
      p--;
    }
    return p;
  }

  /** The s of "driver's", the "of" of "date of birth". */
  private static boolean isConnective(byte[] text, int from, int to) {
    return (to - from == 1 && (text[from] | 0x20) == 's')
        || (to - from == 2 && (text[from] | 0x20) == 'o' && (text[from + 1] | 0x20) == 'f');
  }

  private static long cue(long hash) {
    for (int slot = slot(hash); HASHES[slot] != 0; slot = slot + 1 & SLOTS - 1) {
      if (HASHES[slot] == hash) {
        return CUES[slot];
      }
    }
    return Cue.NONE;
  }

  /** FNV-1a over the lower-case letters, never 0. */
  private static long hash(byte[] text, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (text[i] | 0x20)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }

  private static long hash(String word) {
    byte[] text = word.getBytes(StandardCharsets.US_ASCII);
    return hash(text, 0, text.length);
  }

  private static long pair(long first, long second) {
    long hash = Long.rotateLeft(first, 21) * 0x9e3779b97f4a7c15L ^ second;
    return hash == 0 ? 1 : hash;
  }

  private static int slot(long hash) {
    return (int) (hash ^ hash >>> 32) & SLOTS - 1;
  }

  private static void words(long cue, String words) {
    for (String word : words.split(" ", -1)) {
      word(word, cue);
    }
  }

  private static void word(String word, long cue) {
    int initials = initials((byte) word.charAt(0), (byte) word.charAt(word.length() > 1 ? 1 : 0));
    LENGTHS[initials] |= 1 << Math.min(word.length(), LENGTH_MAX);
    add(hash(word), cue);
  }

  /** Two rows may share a word if both name kinds; one that speaks for and against is a mistake. */
  private static void add(long hash, long cue) {
    int slot = slot(hash);
    while (HASHES[slot] != 0 && HASHES[slot] != hash) {
      slot = slot + 1 & SLOTS - 1;
    }
    Hint there = Cue.hint(CUES[slot]);
    if (HASHES[slot] == hash
        && there != Hint.NONE
        && Cue.hint(cue) != Hint.NONE
        && there != Cue.hint(cue)) {
      throw new IllegalStateException("a word says two things: " + Cue.hint(cue) + ", " + there);
    }
    HASHES[slot] = hash;
    CUES[slot] |= cue;
  }
}
