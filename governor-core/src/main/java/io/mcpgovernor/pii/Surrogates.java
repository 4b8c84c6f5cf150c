package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a value where a schema refuses its mask, and how to know it again.
 *
 * <p>A surrogate says nothing of the value behind it. It is one of the texts in the table of {@link
 * Kinds}, one that suits a format, a text whose digits are all 0 and whose letters are all X, or a
 * power of ten. All of these are known again, so that masking twice finds nothing new.
 */
final class Surrogates {
  /** Fits nearly every text. */
  static final String WORD = "masked";

  /** For validators that take only domains that could exist. */
  private static final String OTHER_EMAIL = "masked@example.com";

  private static final Map<String, List<String>> BY_FORMAT =
      Map.ofEntries(
          Map.entry("email", List.of("masked@masked.invalid", OTHER_EMAIL)),
          Map.entry("idn-email", List.of("masked@masked.invalid", OTHER_EMAIL)),
          Map.entry("uuid", List.of("00000000-0000-0000-0000-000000000000")),
          Map.entry("date-time", List.of("1900-01-01T00:00:00Z")),
          Map.entry("date", List.of("1900-01-01")),
          Map.entry("time", List.of("00:00:00Z")),
          Map.entry("duration", List.of("PT0S")),
          Map.entry("uri", List.of("https://masked.invalid/")),
          Map.entry("iri", List.of("https://masked.invalid/")),
          Map.entry("hostname", List.of("masked.invalid", "masked.example.com")),
          Map.entry("ipv4", List.of("0.0.0.0")),
          Map.entry("ipv6", List.of("::")));

  private static final byte[] MASKED = ascii(WORD);
  private static final byte[] HOST = ascii("@masked.invalid");

  /** A one with fewer zeros is a number like any other. */
  private static final int ZEROS_MIN = 8;

  private static final int ZEROS_MAX = 18;

  /** The texts above and those of all kinds, by length. */
  private static final byte[][][] EXACT = exact();

  /** Those that nobody writes by chance; in arguments they are values that were masked. */
  private static final String[] DISTINCTIVE = {"000-00-0000", "+10000000000", OTHER_EMAIL};

  private Surrogates() {}

  private static byte[][][] exact() {
    List<String> texts = new ArrayList<>();
    Kinds.all().forEach(kind -> texts.addAll(kind.surrogates()));
    BY_FORMAT.values().forEach(texts::addAll);
    int longest = texts.stream().mapToInt(String::length).max().orElse(0);
    byte[][][] byLength = new byte[longest + 1][][];
    for (int i = 0; i <= longest; i++) {
      int length = i;
      byLength[i] =
          texts.stream()
              .filter(text -> text.length() == length)
              .distinct()
              .map(Surrogates::ascii)
              .toArray(byte[][]::new);
    }
    return byLength;
  }

  /** Whether a text is a surrogate, as a whole. */
  static boolean isSurrogate(byte[] text, int from, int to) {
    return isBlank(text, from, to)
        || isPowerOfTen(text, from, to)
        || isMasked(text, from, to)
        || isExact(text, from, to);
  }

  /** Whether all digits are 0 and all letters X, and there is one. */
  private static boolean isBlank(byte[] text, int from, int to) {
    boolean some = false;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      if (c == '0' || c == 'X' || c == 'x') {
        some = true;
      } else if (c < 0 || Ascii.isDigit(c) || Ascii.isLetter(c)) {
        return false;
      }
    }
    return some;
  }

  private static boolean isPowerOfTen(byte[] text, int from, int to) {
    int at = Ascii.is(text, from, to, '+') ? from + 1 : from;
    int zeros = to - at - 1;
    if (zeros < ZEROS_MIN || zeros > ZEROS_MAX || text[at] != '1') {
      return false;
    }
    for (int i = at + 1; i < to; i++) {
      if (text[i] != '0') {
        return false;
      }
    }
    return true;
  }

  /** {@code masked2} or {@code masked2@masked.invalid}, which keep keys apart. */
  private static boolean isMasked(byte[] text, int from, int to) {
    if (!Ascii.stands(MASKED, text, from, from, to)) {
      return false;
    }
    int at = from + MASKED.length;
    while (at < to && Ascii.isDigit(text[at])) {
      at++;
    }
    return at == to || (to - at == HOST.length && Ascii.stands(HOST, text, at, from, to));
  }

  private static boolean isExact(byte[] text, int from, int to) {
    if (to - from >= EXACT.length) {
      return false;
    }
    for (byte[] exact : EXACT[to - from]) {
      if (exact[0] == text[from] && Arrays.equals(exact, 0, exact.length, text, from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets those findings that are surrogates: they are masked values already. */
  static void drop(Findings findings, byte[] text, int from, int to) {
    int size = findings.size();
    int i = 0;
    while (i < size && !isSurrogate(text, findings.start(i), findings.end(i))) {
      i++;
    }
    if (i < size) {
      dropSome(findings, text, from, to);
    }
  }

  private static void dropSome(Findings findings, byte[] text, int from, int to) {
    List<Finding> kept = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      if (!isSurrogate(text, findings.start(i), findings.end(i))) {
        kept.add(new Finding(findings.start(i), findings.end(i), findings.kind(i)));
      }
    }
    findings.reset(from, to);
    kept.forEach(finding -> findings.add(finding.from(), finding.to(), finding.kind()));
  }

  /** Whether a surrogate that is nothing else stands anywhere in a text. */
  static boolean stand(String text) {
    if (text.contains("@masked.invalid")) {
      return true;
    }
    for (String surrogate : DISTINCTIVE) {
      int at = text.indexOf(surrogate);
      while (at >= 0) {
        if (!isWord(text, at - 1) && !isWord(text, at + surrogate.length())) {
          return true;
        }
        at = text.indexOf(surrogate, at + 1);
      }
    }
    return false;
  }

  private static boolean isWord(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  /** What suits a format, the best first; empty for formats nobody knows. */
  static List<String> ofFormat(@Nullable String format) {
    return format == null ? List.of() : BY_FORMAT.getOrDefault(format, List.of());
  }

  /** A text of the same shape: each digit a 0, each other letter an X or x. */
  static String ofShape(String original) {
    StringBuilder shape = new StringBuilder(original.length());
    original
        .codePoints()
        .forEach(
            c -> {
              if (Character.isDigit(c)) {
                shape.append('0');
              } else if (Character.isLowerCase(c)) {
                shape.append('x');
              } else {
                shape.append(Character.isLetter(c) || c >= 0x80 ? 'X' : (char) c);
              }
            });
    return shape.toString();
  }

  /** Numbers, the best first: 0, and powers of ten for schemas that want a number of some size. */
  static List<Long> numbers() {
    List<Long> numbers = new ArrayList<>(List.of(0L));
    long power = 100_000_000L;
    for (int zeros = ZEROS_MIN; zeros <= ZEROS_MAX; zeros++) {
      numbers.add(power);
      power *= 10;
    }
    return numbers;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
