package io.mcpgovernor.cli.leaktest;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Undoes ways to write text: what somebody would read who wanted to. */
final class Disguises {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Mn}]");
  private static final Pattern DASH = Pattern.compile("[\\p{Pd}\\u2212]");
  private static final Pattern PERCENT = Pattern.compile("(?:%[0-9a-fA-F]{2})+");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");

  private Disguises() {}

  /** Full-width characters, invisible ones, dashes and percent escapes as plain ones. */
  static String plain(String text) {
    String normal = Normalizer.normalize(percentDecoded(text), Normalizer.Form.NFKC);
    return DASH.matcher(INVISIBLE.matcher(normal).replaceAll("")).replaceAll("-");
  }

  /** Runs that are base64 of text, decoded; the same text if there is none. */
  static String decoded(String text) {
    Matcher runs = BASE64.matcher(text);
    return runs.replaceAll(
        run -> {
          String decoded = base64(run.group());
          return Matcher.quoteReplacement(decoded == null ? run.group() : decoded);
        });
  }

  /** The text whose base64 this is; null if it is not that of text. */
  static @Nullable String base64(String run) {
    try {
      byte[] bytes = Base64.getDecoder().decode(run.replace('-', '+').replace('_', '/'));
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean isText =
          text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
      return isText ? text : null;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }

  private static String percentDecoded(String text) {
    return PERCENT
        .matcher(text)
        .replaceAll(
            run ->
                Matcher.quoteReplacement(URLDecoder.decode(run.group(), StandardCharsets.UTF_8)));
  }
}
