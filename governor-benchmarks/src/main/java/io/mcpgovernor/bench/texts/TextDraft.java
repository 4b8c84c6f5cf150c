package io.mcpgovernor.bench.texts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A text while it is written. Not thread-safe. */
final class TextDraft {
  private final SplittableRandom random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
  private final List<SpeedText.Place> pii = new ArrayList<>();

  TextDraft(long seed) {
    random = new SplittableRandom(seed);
  }

  int size() {
    return bytes.size();
  }

  TextDraft add(String plain) {
    bytes.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Something that is to be masked. */
  TextDraft addPii(String value) {
    int start = bytes.size();
    add(value);
    pii.add(new SpeedText.Place(start, bytes.size()));
    return this;
  }

  /** An e-mail address, a phone number, an SSN or a card, in this order for 0 to 3. */
  TextDraft addPii(int kind) {
    return addPii(
        switch (kind) {
          case 0 ->
              word("anna", "jonas", "m.silva", "o.brien", "yuki") + below(1_000) + "@example.com";
          case 1 -> "(" + between(201, 989) + ") 555-" + padded(below(10_000), 4);
          case 2 ->
              between(100, 665)
                  + "-"
                  + padded(between(1, 99), 2)
                  + "-"
                  + padded(between(1, 9_999), 4);
          default -> "4" + padded(below(1_000), 3) + group() + group() + group();
        });
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  String word(String... words) {
    return words[random.nextInt(words.length)];
  }

  String hex(int length) {
    return from("0123456789abcdef", length);
  }

  String from(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private String group() {
    return "-" + padded(below(10_000), 4);
  }

  /** A number with zeros before it, so many digits in all. */
  static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(digits - text.length()) + text;
  }

  SpeedText done(String name, boolean isJson) {
    return new SpeedText(name, bytes.toByteArray(), isJson, pii);
  }
}
