package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/**
 * Random JSON with PII planted in it, written three times side by side: as it is, and as it has to
 * come out at each level. It knows the masks by heart and shares no code with the product.
 */
final class PlantedJson {
  private static final String[] WORDS = {
    "shipped",
    "the",
    "order",
    "Zoë",
    "naïve",
    "日本",
    "ok",
    "\\u00e9",
    "\\n",
    "\\\"x\\\"",
    "\\\\",
    "😀",
    "\\ud83d\\ude00",
    "2024-11-22",
    "10:30:00.123Z",
    "1700000000123",
    "v1.2.3",
    "$19.99",
    "90210-1234",
    "**bold**",
    "a@b",
    "\\/",
    "#17",
    "(see)",
    "40.7128,"
  };
  private static final String[] KEYS = {"id", "name", "note", "items", "x1", "größe", "created_at"};

  private final Random random;
  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder standard = new StringBuilder();
  private final StringBuilder strict = new StringBuilder();
  private int planted;

  private PlantedJson(Random random) {
    this.random = random;
  }

  static PlantedJson random(Random random) {
    PlantedJson json = new PlantedJson(random);
    json.value(0);
    return json;
  }

  byte[] raw() {
    return raw.toString().getBytes(StandardCharsets.UTF_8);
  }

  String masked(Sensitivity level) {
    return (level == Sensitivity.STRICT ? strict : standard).toString();
  }

  int planted() {
    return planted;
  }

  private void value(int depth) {
    space();
    switch (random.nextInt(depth > 4 ? 5 : 8)) {
      case 0 -> both(number());
      case 1 -> both(random.nextBoolean() ? "true" : "null");
      case 2, 3, 4 -> string();
      case 5 -> nested();
      case 6 -> array(depth);
      default -> object(depth);
    }
    space();
  }

  private void array(int depth) {
    both("[");
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      both(i > 0 ? "," : "");
      value(depth + 1);
    }
    both(size == 0 ? " ]" : "]");
  }

  private void object(int depth) {
    both("{");
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      both(i > 0 ? "," : "");
      member(i, depth);
    }
    both("}");
  }

  private void member(int i, int depth) {
    int last = 1000 + random.nextInt(9000);
    switch (random.nextInt(12)) {
      case 0 ->
          plant(
              "\"ssn\":12345" + last, "\"ssn\":\"***-**-" + last + "\"", "\"ssn\":\"***-**-****\"");
      case 1 ->
          plant(
              "\"phoneNumber\" : 555123" + last,
              "\"phoneNumber\" : \"******" + last + "\"",
              "\"phoneNumber\" : \"**********\"");
      case 2 ->
          plant(
              "\"card\":123456789012" + last,
              "\"card\":\"****-****-****-" + last + "\"",
              "\"card\":\"****-****-****-****\"");
      case 3 -> {
        // The position keeps keys apart, so that none needs an ordinal.
        String key = "\"" + i + " ";
        plant(key + "k" + last + "@x.org\"", key + "***@***.com\"", key + "***@***.com\"");
        both(":");
        value(depth + 1);
      }
      default -> {
        both("\"" + KEYS[random.nextInt(KEYS.length)] + i + "\":");
        value(depth + 1);
      }
    }
  }

  private void string() {
    both("\"");
    int size = random.nextInt(6);
    for (int i = 0; i < size; i++) {
      both(i > 0 ? " " : "");
      if (random.nextInt(4) == 0) {
        pii();
      } else {
        both(random.nextInt(20) == 0 ? uuid() : WORDS[random.nextInt(WORDS.length)]);
      }
    }
    both("\"");
  }

  private void pii() {
    int last = 1000 + random.nextInt(9000);
    switch (random.nextInt(7)) {
      case 0 -> plant("u" + last + "@mail.example.com", "***@***.com", "***@***.com");
      case 1 -> plant("ü" + last + "\\u0040x.org", "***@***.com", "***@***.com");
      case 2 -> plant("(555) 123-" + last, "(***) ***-" + last, "(***) ***-****");
      case 3 -> plant("555\\u002d123-" + last, "(***) ***-" + last, "(***) ***-****");
      case 4 -> plant("123-45-" + last, "***-**-" + last, "***-**-****");
      case 5 -> plant("1234-5678-9012-" + last, "****-****-****-" + last, "****-****-****-****");
      default ->
          plant("+44 20 7946 " + last + ";", "+** ** **** " + last + ";", "+** ** **** ****;");
    }
  }

  /** JSON inside a string. */
  private void nested() {
    PlantedJson inner = new PlantedJson(random);
    if (random.nextBoolean()) {
      inner.array(4);
    } else {
      inner.object(4);
    }
    planted += inner.planted;
    raw.append(quoted(inner.raw));
    standard.append(quoted(inner.standard));
    strict.append(quoted(inner.strict));
  }

  private static String quoted(StringBuilder json) {
    return '"'
        + json.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + '"';
  }

  private String number() {
    String[] numbers = {
      "0",
      "-17",
      "1.50",
      "6.02e23",
      "1700000000",
      "1700000000123",
      "1700000000123456",
      "20241122103000"
    };
    return numbers[random.nextInt(numbers.length)];
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private void space() {
    String[] spaces = {"", "", "", " ", "\n", " \n  "};
    both(spaces[random.nextInt(spaces.length)]);
  }

  private void both(String text) {
    raw.append(text);
    standard.append(text);
    strict.append(text);
  }

  private void plant(String original, String maskStandard, String maskStrict) {
    planted++;
    raw.append(original);
    standard.append(maskStandard);
    strict.append(maskStrict);
  }
}
