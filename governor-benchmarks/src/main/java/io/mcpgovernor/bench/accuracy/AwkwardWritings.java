package io.mcpgovernor.bench.accuracy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The same value in characters that plain patterns do not know. */
final class AwkwardWritings {
  private AwkwardWritings() {}

  /** Mostly the value as it is; sometimes, if the type bears it, the same in odd characters. */
  static Marked sometimes(Dice dice, PiiType type, Marked value) {
    return type.hasTellingForm() && dice.oneIn(6) ? odd(dice, type, value) : value;
  }

  private static Marked odd(Dice dice, PiiType type, Marked value) {
    List<UnaryOperator<Marked>> ways = new ArrayList<>();
    ways.add(AwkwardWritings::fullWidth);
    ways.add(text -> zeroWidthInside(dice, text));
    if (value.text().indexOf('-') >= 0 && type != PiiType.EMAIL_ADDRESS) {
      ways.add(text -> unicodeDashes(dice, text));
    }
    if (value.text().indexOf(' ') >= 0) {
      ways.add(text -> oddSpaces(dice, text));
    }
    if (type == PiiType.EMAIL_ADDRESS) {
      ways.add(AwkwardWritings::base64);
      ways.add(AwkwardWritings::percentEncoded);
    }
    return dice.of(ways).apply(value);
  }

  /** Digits and letters from the block of full-width forms. */
  static Marked fullWidth(Marked value) {
    return value.rewritten(
        c -> Character.toString(c < 0x80 && Character.isLetterOrDigit(c) ? c + 0xFEE0 : c));
  }

  static Marked unicodeDashes(Dice dice, Marked value) {
    String dash = dice.of("\u2010", "\u2011", "\u2012", "\u2013", "\u2212");
    return value.rewritten(c -> c == '-' ? dash : Character.toString(c));
  }

  static Marked oddSpaces(Dice dice, Marked value) {
    String space = dice.of("\u00a0", "\u202f", "\u2009");
    return value.rewritten(c -> c == ' ' ? space : Character.toString(c));
  }

  /** One or two characters without width, never at the ends. */
  static Marked zeroWidthInside(Dice dice, Marked value) {
    String text = value.text();
    for (int times = dice.between(1, 2); times > 0; times--) {
      int at =
          text.offsetByCodePoints(0, dice.between(1, text.codePointCount(0, text.length()) - 1));
      String invisible = dice.of("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad");
      text = text.substring(0, at) + invisible + text.substring(at);
    }
    return value.replaced(text);
  }

  static Marked percentEncoded(Marked value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value.text().getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0);
      text.append(isPlain ? Character.toString(b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
    return value.replaced(text.toString());
  }

  static Marked base64(Marked value) {
    return value.replaced(
        Base64.getEncoder().encodeToString(value.text().getBytes(StandardCharsets.UTF_8)));
  }
}
