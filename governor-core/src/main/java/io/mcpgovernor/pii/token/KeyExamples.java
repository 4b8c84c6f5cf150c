package io.mcpgovernor.pii.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up keys of every form. They are put together when asked for, so that no file holds a literal
 * that those who scan source for leaked keys would take for one.
 */
final class KeyExamples {
  private KeyExamples() {}

  static List<String> all() {
    // The seed is fixed, so that what is found today is found tomorrow.
    Random random = new Random(20);
    List<String> all = new ArrayList<>();
    for (KeyForm form : KeyForms.ALL) {
      all.add(of(form, random));
    }
    all.add(digits(random, 10) + ":A" + some(Alphabet.BASE62, 34, random));
    all.add(
        "M"
            + some(Alphabet.BASE62, 23, random)
            + "."
            + some(Alphabet.BASE62, 6, random)
            + "."
            + some(Alphabet.BASE62, 27, random));
    all.add(some(Alphabet.BASE62, 14, random) + ".atlasv1." + some(Alphabet.BASE62, 67, random));
    all.add(some(Alphabet.BASE62, 3, random) + "8Q~" + some(Alphabet.BASE62, 34, random));
    all.add(some(Alphabet.HEX, 32, random) + "-us" + digits(random, 2));
    return List.copyOf(all);
  }

  private static String of(KeyForm form, Random random) {
    byte[] body;
    do {
      StringBuilder parts = new StringBuilder();
      for (KeyForm.Part part : form.parts()) {
        parts
            .append(new String(part.separator(), US_ASCII))
            .append(some(part.alphabet(), part.min(), random));
      }
      body = parts.toString().getBytes(US_ASCII);
    } while (!KeyCheck.MIXED.passes(body, 0, body.length)
        && !form.check().passes(body, 0, body.length));
    if (form.check() == KeyCheck.CHECKSUM) {
      KeyChecksum.write(body, 0, body.length - KeyChecksum.LENGTH);
    }
    return new String(form.prefix(), US_ASCII) + new String(body, US_ASCII);
  }

  private static String digits(Random random, int count) {
    return some(Alphabet.DIGITS, count, random);
  }

  /** Letters and digits of the alphabet, as signs among them could end a word. */
  private static String some(Alphabet alphabet, int count, Random random) {
    StringBuilder text = new StringBuilder(count);
    String characters = alphabet.characters();
    while (text.length() < count) {
      char c = characters.charAt(random.nextInt(characters.length()));
      if (Character.isLetterOrDigit(c)) {
        text.append(c);
      }
    }
    return text.toString();
  }
}
