package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.ProviderKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Random texts out of pieces: values of every kind there is, whole and cut, what stands in their
 * place once they are masked, the words that name them, and what joins and encodes all of it.
 */
final class PiiPieces {
  private static final String[] JOINTS = {
    " ", " ", " ", ", ", ",", "\n", "\t", ": ", ":", "=", "; ", " | ", "|", ".", ". ", "-", "/",
    "_", "@", "(", ")", "[", "]", "{", "}", "<", ">", "\"", "'", "`", "*", "**", "\\", "\\n", "&",
    "#", "%", "+", "$", "?", "x", "é", "日", "\u200b", "\u00a0", "\u2011", "", "", "1", "0", "12",
    "a",
  };

  private static final String[] WORDS = {
    "phone",
    "Phone:",
    "call",
    "fax",
    "ssn",
    "SSN:",
    "social security",
    "card",
    "credit card number",
    "password",
    "password:",
    "password=",
    "secret is",
    "token:",
    "api key",
    "iban",
    "account number",
    "routing",
    "passport",
    "passport no.",
    "driver's license",
    "dob",
    "born on",
    "date of birth:",
    "name:",
    "full name:",
    "address:",
    "NHS number:",
    "tax id",
    "order",
    "order no.",
    "id",
    "ticket",
    "price",
    "total",
    "epoch",
    "version",
    "ip",
    "mac",
    "imei",
    "vin",
    "office",
    "(fax)",
    "ext. 12",
    "medical record",
    "national id",
    "the",
    "is",
    "my",
    "and",
    "or",
    "number",
    "no.",
    "#",
  };

  private static final String[] MASKED = {
    "***",
    "********",
    "***@***.com",
    "***-**-6789",
    "***-**-****",
    "(***) ***-4567",
    "(***) ***-****",
    "****-****-****-1111",
    "****-****-****-****",
    "***:***",
    "**:**:**:**:**:**",
    "****-**-**",
    "***.***.***.***",
    "+** ** **** 1234",
    "******4567",
    "**********",
    "masked",
    "masked@masked.invalid",
    "masked2@masked.invalid",
    "000-00-0000",
    "+10000000000",
    "0.0.0.0",
    "1900-01-01",
    "00000000-0000-0000-0000-000000000000",
    "***@***.com 2",
    "https://masked.invalid/",
  };

  private static final List<String> VALUES = values();

  private PiiPieces() {}

  private static List<String> values() {
    List<String> values = new ArrayList<>();
    for (Kind kind : Kinds.all()) {
      for (int i = 0; i < 3; i++) { // as often as the keys, of which there are many
        values.addAll(kind.examples());
        values.addAll(kind.surrogates());
      }
    }
    values.addAll(ProviderKeys.examples());
    return List.copyOf(values);
  }

  /** A text of a few pieces, each written as anybody would write it. */
  static String plain(Random random) {
    return text(random, false);
  }

  /** A text of a few pieces, some of them encoded. */
  static String text(Random random) {
    return text(random, true);
  }

  private static String text(Random random, boolean isEncoded) {
    StringBuilder text = new StringBuilder();
    for (int count = 1 + random.nextInt(7); count > 0; count--) {
      text.append(piece(random, isEncoded)).append(of(JOINTS, random));
    }
    if (random.nextInt(8) == 0) {
      return table(random, isEncoded);
    }
    return isEncoded ? encoded(text.toString(), random) : text.toString();
  }

  /** A word that names a value. */
  static String word(Random random) {
    return of(WORDS, random);
  }

  private static String piece(Random random, boolean isEncoded) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> value(random, isEncoded);
      case 4 -> cut(value(random, isEncoded), random);
      case 5, 6 -> of(WORDS, random);
      case 7 -> of(MASKED, random);
      case 8 -> written(random);
      default -> digits(random);
    };
  }

  private static String value(Random random, boolean isEncoded) {
    String value = VALUES.get(random.nextInt(VALUES.size()));
    return isEncoded ? encoded(value, random) : value;
  }

  private static String cut(String value, Random random) {
    int from = random.nextInt(value.length());
    int to = from + random.nextInt(value.length() - from + 1);
    return value.substring(from, to).replaceAll("[\\ud800-\\udfff]", "");
  }

  /** What redaction and hashing leave. */
  private static String written(Random random) {
    Kind kind = Kinds.all().get(random.nextInt(Kinds.all().size()));
    if (random.nextBoolean()) {
      return new String(kind.redaction(), StandardCharsets.US_ASCII);
    }
    StringBuilder hash = new StringBuilder("[" + kind.name() + ":");
    for (int i = 0; i < 16; i++) {
      hash.append((char) ('a' + random.nextInt(16)));
    }
    return hash + "]";
  }

  private static String digits(Random random) {
    StringBuilder digits = new StringBuilder();
    for (int count = 1 + random.nextInt(16); count > 0; count--) {
      digits.append((char) ('0' + random.nextInt(10)));
      digits.append(random.nextInt(6) == 0 ? " -./".substring(random.nextInt(4)).charAt(0) : "");
    }
    return digits.toString();
  }

  private static String table(Random random, boolean isEncoded) {
    String sign = of(new String[] {",", "\t", "|", ";", ", ", " | "}, random);
    int columns = 1 + random.nextInt(4);
    StringBuilder table = new StringBuilder();
    for (int row = random.nextInt(4); row >= 0; row--) {
      for (int column = 0; column < columns; column++) {
        String cell = table.indexOf("\n") < 0 ? of(WORDS, random) : piece(random, isEncoded);
        table.append(column > 0 ? sign : "").append(cell);
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** A text as others may write it; most stay as they are. */
  private static String encoded(String text, Random random) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(24)) {
      case 0 -> Base64.getEncoder().encodeToString(utf8);
      case 1 -> Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
      case 2 -> percent(text, random);
      case 3 -> wide(text, random);
      case 4 -> spread(text, "\u200b\u00ad\u2060\ufeff", random);
      case 5 -> unicode(text, random);
      case 6 -> percent(percent(text, random), random);
      default -> text;
    };
  }

  private static String percent(String text, Random random) {
    StringBuilder encoded = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean isEncoded =
          c < 0x7f && c > ' ' && (!Character.isLetterOrDigit(c) || random.nextInt(9) == 0);
      encoded.append(isEncoded ? String.format("%%%02X", (int) c) : String.valueOf(c));
    }
    return encoded.toString();
  }

  private static String unicode(String text, Random random) {
    StringBuilder encoded = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean isEncoded = c < 0x7f && c > ' ' && random.nextInt(3) == 0;
      encoded.append(isEncoded ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return encoded.toString();
  }

  private static String wide(String text, Random random) {
    StringBuilder encoded = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean isWide = c < 0x7f && c > ' ' && random.nextInt(3) > 0;
      encoded.append(isWide ? (char) (c + 0xfee0) : c);
    }
    return encoded.toString();
  }

  private static String spread(String text, String signs, Random random) {
    StringBuilder encoded = new StringBuilder();
    for (char c : text.toCharArray()) {
      encoded.append(c);
      if (random.nextInt(4) == 0 && !Character.isSurrogate(c)) {
        encoded.append(signs.charAt(random.nextInt(signs.length())));
      }
    }
    return encoded.toString();
  }

  private static String of(String[] texts, Random random) {
    return texts[random.nextInt(texts.length)];
  }
}
