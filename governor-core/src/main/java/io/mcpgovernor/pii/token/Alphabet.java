package io.mcpgovernor.pii.token;

/** The characters that a part of a key is made of. */
enum Alphabet {
  DIGITS("0-9"),
  HEX("0-9a-f"),
  HEX_ANY_CASE("0-9a-fA-F"),
  LOWER_AND_DIGITS("0-9a-z"),
  UPPER_AND_DIGITS("0-9A-Z"),
  BASE32("A-Z2-7"),
  BECH32("02-9AC-HJ-NP-Z"),
  BASE62("0-9A-Za-z"),
  BASE62_DASH("0-9A-Za-z\\-"),
  BASE62_UNDERSCORE("0-9A-Za-z_"),
  BASE64("0-9A-Za-z+/="),
  BASE64_PERCENT("0-9A-Za-z+/=%"),
  BASE64_URL("0-9A-Za-z_\\-"),
  BASE64_URL_DOT("0-9A-Za-z_\\-."),
  BASE64_URL_PERCENT("0-9A-Za-z_\\-%"),
  BASE64_URL_PADDED("0-9A-Za-z_\\-="),
  BASE64_URL_PADDED_DOT("0-9A-Za-z_\\-=."),
  AZURE("0-9A-Za-z_~.\\-");

  private final String characters;

  // A table, for speed; nobody writes to it after the constructor.
  @SuppressWarnings("ImmutableEnumChecker")
  private final boolean[] contains = new boolean[256];

  /** Ranges like those in the brackets of a regular expression; a backslash before a plain dash. */
  Alphabet(String ranges) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < ranges.length(); i++) {
      char first = ranges.charAt(i);
      if (first == '\\') {
        i++;
        all.append(ranges.charAt(i));
      } else if (i + 2 < ranges.length() && ranges.charAt(i + 1) == '-') {
        i += 2;
        for (char c = first; c <= ranges.charAt(i); c++) {
          all.append(c);
        }
      } else {
        all.append(first);
      }
    }
    characters = all.toString();
    for (int i = 0; i < characters.length(); i++) {
      contains[characters.charAt(i)] = true;
    }
  }

  boolean contains(byte c) {
    return contains[c & 0xff];
  }

  /** Every character, in the order of the ranges. */
  String characters() {
    return characters;
  }

  /** Where the run of these characters that begins at {@code from} ends, at {@code to} at most. */
  int end(byte[] text, int from, int to) {
    boolean[] ours = contains;
    int end = from;
    while (end < to && ours[text[end] & 0xff]) {
      end++;
    }
    return end;
  }
}
