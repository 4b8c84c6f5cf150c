package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.stream.Stream;

/**
 * The form of one type of key: a prefix, then one part or several with separators between them.
 *
 * @param provider who issues such keys
 * @param prefix how every one begins
 * @param parts what follows, in order; the first has no separator
 * @param check what the characters after the prefix must pass
 */
// The arrays are shared with nobody who writes.
@SuppressWarnings("ArrayRecordComponent")
record KeyForm(String provider, byte[] prefix, List<Part> parts, KeyCheck check) {
  /** A last part without a maximum: it runs as far as its characters do. */
  static final int UNBOUNDED = Integer.MAX_VALUE;

  /** Characters of one alphabet, {@code min} to {@code max} of them, behind a separator. */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(byte[] separator, Alphabet alphabet, int min, int max) {}

  static KeyForm of(
      String provider, String prefix, Alphabet alphabet, int min, int max, KeyCheck check) {
    return new KeyForm(
        provider,
        prefix.getBytes(US_ASCII),
        List.of(new Part(new byte[0], alphabet, min, max)),
        check);
  }

  /** This form with one more part. */
  KeyForm then(String separator, Alphabet alphabet, int min, int max) {
    Part last = new Part(separator.getBytes(US_ASCII), alphabet, min, max);
    return new KeyForm(
        provider, prefix, Stream.concat(parts.stream(), Stream.of(last)).toList(), check);
  }

  /** Where the key of this form that begins at {@code from} ends, or -1. */
  int end(byte[] text, int from, int to) {
    if (!Bytes.stands(prefix, text, from, to)) {
      return -1;
    }
    int body = from + prefix.length;
    int at = body;
    int certain = body;
    // An index, as an iterator would be an object.
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (!Bytes.stands(part.separator, text, at, to)) {
        return -1;
      }
      at += part.separator.length;
      if (part.max == UNBOUNDED) {
        return unbounded(part, text, body, at, to);
      }
      int bound = (int) Math.min(to, (long) at + part.max + 1);
      int end = part.alphabet.end(text, at, bound);
      if (end - at < part.min || end - at > part.max) {
        return -1;
      }
      certain = at + part.min;
      at = end;
    }
    int end = withoutPunctuation(text, certain, at);
    return Bytes.wordAt(text, at, to) || !check.passes(text, body, end) ? -1 : end;
  }

  /** Decides on as many characters as there must be, so that what is looked at is what is found. */
  private int unbounded(Part part, byte[] text, int body, int at, int to) {
    if (part.min > to - at) {
      return -1;
    }
    int certain = at + part.min;
    if (part.alphabet.end(text, at, certain) < certain || !check.passes(text, body, certain)) {
      return -1;
    }
    int end = part.alphabet.end(text, certain, to);
    return Bytes.wordAt(text, end, to) ? -1 : withoutPunctuation(text, certain, end);
  }

  /** A full stop or a dash at the end is the sentence's, not the key's. */
  private static int withoutPunctuation(byte[] text, int from, int to) {
    int end = to;
    while (end > from && (text[end - 1] == '.' || text[end - 1] == '-')) {
      end--;
    }
    return end;
  }
}
