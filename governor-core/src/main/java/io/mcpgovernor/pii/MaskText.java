package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;

/**
 * Recognises masks in text, as exact strings where they have a fixed form. A mask's last digits
 * must not be taken for the beginning of something else, and what stands before a mask says nothing
 * about what follows it; otherwise masking twice would find more than masking once.
 *
 * <p>Markdown is written in stars, too: emphasis is at most three in a row, and is not a mask.
 */
final class MaskText {
  private static final byte[] SSN_HEAD = ascii("***-**-");
  private static final byte[] CARD_GROUP = ascii("****-");
  private static final byte[] CARD_HEAD = ascii("****-****-****-");
  private static final byte[] NANP_HEAD = ascii("(***) ***-");
  private static final byte[] EMAIL_HEAD = ascii("***@***");
  private static final byte[] EMAIL_TAIL = ascii(".com");

  private static final int TAIL = 4;

  /** How many groups of stars are told apart. */
  private static final int CARD_GROUPS_MAX = 15;

  /** More stars than this in a row are no emphasis. */
  private static final int EMPHASIS_MAX = 3;

  /** A phone mask of other form has at least that many stars, or shows four digits. */
  private static final int PHONE_STARS_MIN = 6;

  private static final int PHONE_BYTES_MAX = 64;

  /** The longest name of a kind, a hash, and the signs around them. */
  private static final int TAG_BYTES_MAX = 84;

  /** A digit that is encoded again and again takes no more. */
  private static final int ENCODED_BYTES_MAX = 12;

  private MaskText() {}

  /** Whether the digits from {@code start} to {@code end} are the end of a mask. */
  static boolean isTail(byte[] text, int from, int start, int end) {
    return end - start == TAIL
        && start > from
        && (text[start - 1] == '*' || text[start - 1] == '-')
        && (endsWith(SSN_HEAD, text, from, start)
            || endsCard(text, from, start)
            || endsWith(NANP_HEAD, text, from, start)
            || starsBefore(text, from, start) > EMPHASIS_MAX);
  }

  /** Whether three groups of a card's mask end at {@code at}: not four, which are a whole one. */
  private static boolean endsCard(byte[] text, int from, int at) {
    int groups = 0;
    int start = at;
    while (groups < CARD_GROUPS_MAX && endsWith(CARD_GROUP, text, from, start)) {
      start -= CARD_GROUP.length;
      groups++;
    }
    return groups >= 3 && groups % 4 != 0;
  }

  /** Whether an e-mail mask begins at {@code at}. */
  static boolean beginsEmail(byte[] text, int at, int to) {
    return Ascii.stands(Masks.EMAIL, text, at, at, to);
  }

  /** Where an e-mail mask ends that has its last star right before {@code at}, or {@code at}. */
  static int emailEnd(byte[] text, int from, int at, int to) {
    return endsWith(EMAIL_HEAD, text, from, at) && Ascii.stands(EMAIL_TAIL, text, at, from, to)
        ? at + EMAIL_TAIL.length
        : at;
  }

  /**
   * Whether the star right before {@code at} belongs to a mask.
   *
   * @param to how far the mask's last digits may reach
   */
  static boolean endsBefore(byte[] text, int from, int at, int to) {
    if (emailEnd(text, from, at, to) > at) {
      return true;
    }
    if (starsBefore(text, from, at) > EMPHASIS_MAX) {
      return true;
    }
    int stars = 0;
    for (int i = at - 1; i >= Math.max(from, at - PHONE_BYTES_MAX) && isInMask(text[i]); i--) {
      stars += text[i] == '*' ? 1 : 0;
    }
    int digits = 0;
    for (int i = at; i < Math.min(to, at + 16) && (isPhoneMask(text[i]) || digit(text, i)); i++) {
      digits += digit(text, i) ? 1 : 0;
    }
    return stars >= PHONE_STARS_MIN || (stars >= EMPHASIS_MAX && digits >= TAIL);
  }

  /** Whether {@code [PHONE]} or {@code [phone:abcdefghijklmnop]} ends at {@code at}. */
  static boolean isTagBefore(byte[] text, int from, int at) {
    int limit = Math.max(from, at - TAG_BYTES_MAX);
    for (int p = at - 2; p >= limit; p--) {
      if (text[p] == '[') {
        return isTag(text, p, at);
      }
      if (!isTagSign(text[p])) {
        return false;
      }
    }
    return false;
  }

  /** Where the redaction or hash ends that begins at {@code at}, or {@code at}. */
  static int tagEnd(byte[] text, int at, int to) {
    if (!Ascii.is(text, at, to, '[')) {
      return at;
    }
    int end = at + 1;
    int limit = Math.min(to, at + TAG_BYTES_MAX);
    while (end < limit && isTagSign(text[end])) {
      end++;
    }
    return Ascii.is(text, end, to, ']') && isTag(text, at, end + 1) ? end + 1 : at;
  }

  private static boolean isTagSign(byte c) {
    return Ascii.isWord(c) || c == '_' || c == '-' || c == '.' || c == ':';
  }

  /** Whether a text in brackets is a kind's name, in capitals, or with a hash behind it. */
  private static boolean isTag(byte[] text, int from, int to) {
    int colon = from + 1;
    while (colon < to && text[colon] != ':') {
      colon++;
    }
    boolean isHash = colon < to && to - 1 - (colon + 1) == ValueHash.LETTERS;
    if (!isHash && (colon < to || !Ascii.isUpper(text[from + 1]))) {
      return false;
    }
    int end = isHash ? colon : to - 1;
    String name = new String(text, from + 1, end - from - 1, StandardCharsets.US_ASCII);
    return Kinds.named(name).filter(kind -> kind.name().equalsIgnoreCase(name)).isPresent();
  }

  /**
   * Whether the last signs of a mask, left readable, could be read together with digits that follow
   * it; masks whose end {@link #isTail} knows cannot.
   *
   * @param end where what is masked ends
   */
  static boolean runsOn(byte[] mask, byte[] text, int end, int to) {
    int tail = mask.length - TAIL;
    if (tail < 0 || mask[tail] == '*' || !Ascii.isWord(mask[mask.length - 1])) {
      return false;
    }
    int p = end;
    while (p < to && p < end + 3 && " -./()+".indexOf(text[p]) >= 0) {
      p++;
    }
    boolean isEncoded = p < to && (text[p] == '%' || text[p] == '\\');
    return (isEncoded
            ? Folded.isNeeded(text, p, Math.min(to, p + ENCODED_BYTES_MAX))
            : Ascii.digitAt(text, p, to))
        && !(Ascii.digits(mask, tail, TAIL, mask.length) && isTail(mask, 0, tail, mask.length));
  }

  /**
   * Whether a text is a mask and nothing else: the stars of a column, an e-mail mask, or stars and
   * separators with the last four digits or none.
   */
  static boolean isMask(byte[] text, int from, int to) {
    if (tagEnd(text, from, to) == to && from < to) {
      return true;
    }
    if (to - from > PHONE_BYTES_MAX) {
      return false;
    }
    if (to - from == Masks.EMAIL.length && Ascii.stands(Masks.EMAIL, text, from, from, to)) {
      return true;
    }
    int stars = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      if (digit(text, i)) {
        digits++;
      } else if (!isPhoneMask(text[i]) || (text[i] == '*' && digits > 0)) {
        return false;
      } else if (text[i] == '*') {
        stars++;
      }
    }
    return stars >= EMPHASIS_MAX && (digits == 0 || digits == TAIL);
  }

  /** See {@link Masker#holdsMask}. */
  static boolean holdsMask(byte[] text) {
    int i = 0;
    while (i < text.length) {
      if (text[i] != '*') {
        i++;
        continue;
      }
      int end = i;
      while (end < text.length && text[end] == '*') {
        end++;
      }
      // A mask may stand in emphasis, so it is the end of the stars that counts.
      if (isFixed(text, end - 3) || isFixed(text, end - 4)) {
        return true;
      }
      i = end;
    }
    return holdsPhone(text);
  }

  /** Whether a mask of fixed form begins at {@code at}, a bracket before it aside. */
  private static boolean isFixed(byte[] text, int at) {
    return Ascii.stands(Masks.EMAIL, text, at, 0, text.length)
        || headAndTail(SSN_HEAD, text, at)
        || headAndTail(CARD_HEAD, text, at)
        || headAndTail(NANP_HEAD, text, at - 1);
  }

  private static boolean headAndTail(byte[] head, byte[] text, int at) {
    int tail = at + head.length;
    if (!Ascii.stands(head, text, at, 0, text.length) || tail + TAIL > text.length) {
      return false;
    }
    for (int i = tail; i < tail + TAIL; i++) {
      if (text[i] != text[tail] && !(digit(text, i) && digit(text, tail))) {
        return false;
      }
    }
    return text[tail] == '*' || digit(text, tail);
  }

  /** Whether a stretch of stars, digits and separators is a phone mask. */
  private static boolean holdsPhone(byte[] text) {
    int first = 0;
    while (first < text.length && isBlank(text[first])) {
      first++;
    }
    int last = text.length;
    while (last > first && isBlank(text[last - 1])) {
      last--;
    }
    int i = first;
    while (i < text.length) {
      if (text[i] != '*' && text[i] != '+' && text[i] != '(') {
        i++;
        continue;
      }
      int end = i;
      int stars = 0;
      int pairs = 0;
      int digits = 0;
      boolean sound = true; // no star after a digit
      for (; end < text.length && (isPhoneMask(text[end]) || digit(text, end)); end++) {
        if (text[end] == '*') {
          stars++;
          pairs += end > i && text[end - 1] == '*' ? 1 : 0;
          sound &= digits == 0;
        } else if (digit(text, end)) {
          digits++;
        }
      }
      boolean alone = i == first && end >= last;
      if (sound
          && pairs > 0
          && ((stars >= PHONE_STARS_MIN && (digits == TAIL || (digits < TAIL && alone)))
              || (stars >= EMPHASIS_MAX && digits == TAIL && alone))) {
        return true;
      }
      i = end;
    }
    return false;
  }

  /** Whether a sign stands in the masks of phones, addresses of hardware, or credentials. */
  private static boolean isInMask(byte c) {
    return isPhoneMask(c) || c == ':';
  }

  private static boolean isPhoneMask(byte c) {
    return "*+(). -/".indexOf(c) >= 0;
  }

  private static boolean isBlank(byte c) {
    return c >= 0 && c <= ' ';
  }

  private static boolean digit(byte[] text, int at) {
    return Ascii.isDigit(text[at]);
  }

  /** Whether the stars before {@code at} are those of Markdown, and not of a mask. */
  static boolean isEmphasized(byte[] text, int from, int at) {
    int stars = starsBefore(text, from, at);
    int before = at - stars;
    return stars > 0
        && stars <= EMPHASIS_MAX
        && (before == from
            || !(Ascii.isWord(text[before - 1]) || "-_.@/".indexOf(text[before - 1]) >= 0));
  }

  private static int starsBefore(byte[] text, int from, int at) {
    int start = at;
    while (start > from && at - start <= EMPHASIS_MAX && text[start - 1] == '*') {
      start--;
    }
    return at - start;
  }

  private static boolean endsWith(byte[] word, byte[] text, int from, int at) {
    return Ascii.stands(word, text, at - word.length, from, at);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
