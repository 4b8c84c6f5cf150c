package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the writings of one value are made one, so that {@code 555-123-4567} and {@code (555)
 * 123-4567} are the same to who looks for either. All forms read a text as {@link Folded} does
 * first.
 */
enum NormalForm {
  /** Digits and nothing else: phones, cards. */
  DIGITS,
  /** Letters and digits, in lower case: account and identity numbers. */
  IDENTIFIER,
  /** In lower case, each run of blanks as one: names, addresses, e-mail addresses. */
  WORDS,
  /** As it stands: keys and passwords, in which case counts. */
  EXACT;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** The form of a text. */
  String of(byte[] text, int from, int to) {
    String read;
    if (Folded.isNeeded(text, from, to)) {
      Folded folded = new Folded();
      folded.read(text, from, to);
      read = new String(folded.utf8(), 0, folded.length(), StandardCharsets.UTF_8);
    } else {
      read = new String(text, from, to - from, StandardCharsets.UTF_8);
    }
    return switch (this) {
      case DIGITS -> kept(read, false);
      case IDENTIFIER -> kept(read, true);
      case WORDS ->
          BLANKS
              .matcher(Normalizer.normalize(read, Normalizer.Form.NFKC).strip())
              .replaceAll(" ")
              .toLowerCase(Locale.ROOT);
      case EXACT -> read;
    };
  }

  private static String kept(String text, boolean letters) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        kept.append(c);
      } else if (letters && Character.isLetter(c)) {
        kept.append(Character.toLowerCase(c));
      }
    }
    return kept.toString();
  }
}
