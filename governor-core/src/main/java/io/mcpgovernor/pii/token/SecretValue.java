package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Whether the value of something called a secret ({@code password}, {@code client_secret}, {@code
 * api key}) is one, rather than a placeholder or a description.
 *
 * <p>White space and one pair of quotes around the value do not count. It is no secret if it is
 *
 * <ul>
 *   <li>empty, or longer than 4096 bytes, which is a document;
 *   <li>one sign or letter again and again ({@code ***}, {@code xxxx}, {@code ...}), or the
 *       punctuation of JSON and YAML only;
 *   <li>a placeholder: {@code <...>}, <code>${...}</code>, <code>{{...}}</code>, {@code %...%},
 *       {@code [...]}, {@code $NAME} in capitals; or it says so, beginning with {@code your} and a
 *       sign after it;
 *   <li>a word for nothing, for a truth, a type or a mask: {@code null}, {@code none}, {@code
 *       true}, {@code undefined}, {@code n/a}, {@code string}, {@code required}, {@code redacted}
 *       and the like, in whatever case;
 *   <li>a bare number under four digits;
 *   <li>a sentence: words with white space between them, except the name of a scheme ({@code
 *       Bearer}, {@code Basic}, {@code Token}, {@code ApiKey}) and a value behind it.
 * </ul>
 *
 * <p>{@code changeme}, {@code password} and the like are values: people do use them.
 */
public final class SecretValue {
  private static final int LENGTH_MAX = 4096;
  private static final String PUNCTUATION = "{}[]():,;|>-\"'`";

  private static final byte[][] NOTHING = {
    word("null"),
    word("nil"),
    word("none"),
    word("true"),
    word("false"),
    word("undefined"),
    word("n/a"),
    word("na"),
    word("yes"),
    word("no"),
    word("empty"),
    word("unset"),
    word("required"),
    word("optional"),
    word("redacted"),
    word("hidden"),
    word("masked"),
    word("filtered"),
    word("string"),
    word("integer"),
    word("number"),
    word("boolean"),
    word("object"),
    word("array"),
    word("text"),
    word("unknown"),
    word("missing"),
    word("placeholder"),
    word("todo"),
    word("tbd"),
  };

  private static final byte[][] SCHEMES = {
    word("bearer"), word("basic"), word("token"), word("apikey"),
  };

  private static final byte[] YOUR = word("your");

  private SecretValue() {}

  /** Whether {@code [from, to)} looks like a real secret. */
  public static boolean isSecret(byte[] text, int from, int to) {
    if (to - from > LENGTH_MAX) {
      return false;
    }
    int start = from;
    int end = to;
    while (start < end && isSpace(text[start])) {
      start++;
    }
    while (end > start && isSpace(text[end - 1])) {
      end--;
    }
    if (end - start >= 2 && text[start] == text[end - 1] && isQuote(text[start])) {
      start++;
      end--;
    }
    int space = start;
    while (space < end && !isSpace(text[space])) {
      space++;
    }
    if (space == end) {
      return isSecretWord(text, start, end);
    }
    int rest = space;
    while (rest < end && isSpace(text[rest])) {
      rest++;
    }
    return isOneOf(SCHEMES, text, start, space)
        && !hasSpace(text, rest, end)
        && isSecretWord(text, rest, end);
  }

  private static boolean isSecretWord(byte[] text, int from, int to) {
    return from < to
        && !isRepeated(text, from, to)
        && !isPunctuation(text, from, to)
        && !isShortNumber(text, from, to)
        && !isPlaceholder(text, from, to)
        && !isOneOf(NOTHING, text, from, to);
  }

  private static boolean isRepeated(byte[] text, int from, int to) {
    // 1111 is a PIN.
    if (Bytes.isDigit(text[from])) {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      if (text[i] != text[from]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPunctuation(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (PUNCTUATION.indexOf(text[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShortNumber(byte[] text, int from, int to) {
    return to - from < 4 && Alphabet.DIGITS.end(text, from, to) == to;
  }

  private static boolean isPlaceholder(byte[] text, int from, int to) {
    byte first = text[from];
    byte last = text[to - 1];
    if ((first == '<' && last == '>')
        || (first == '[' && last == ']')
        || (first == '%' && last == '%')) {
      return true;
    }
    if (last == '}') {
      return first == '{' || (first == '$' && text[from + 1] == '{');
    }
    if (first == '$') {
      return isConstant(text, from + 1, to);
    }
    // your-key-here, YOUR_API_KEY, your.token
    return to - from > 5
        && Bytes.equalsIgnoreCase(YOUR, text, from, from + 4)
        && (text[from + 4] == '_' || text[from + 4] == '-' || text[from + 4] == '.');
  }

  /**
   * Whether it is the name of a variable of the environment: capitals, digits after them, {@code
   * _}.
   */
  private static boolean isConstant(byte[] text, int from, int to) {
    if (from == to || !Bytes.isUpper(text[from])) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!Bytes.isUpper(text[i]) && !Bytes.isDigit(text[i]) && text[i] != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isOneOf(byte[][] words, byte[] text, int from, int to) {
    for (byte[] word : words) {
      if (Bytes.equalsIgnoreCase(word, text, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasSpace(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isSpace(text[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static byte[] word(String word) {
    return word.getBytes(US_ASCII);
  }
}
