package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A kind of PII: its name and what stands in its place. {@link Kinds} is the built-in table, one
 * row a kind; {@link #custom} makes further kinds for detectors of one's own.
 *
 * <p>Immutable and thread-safe. Two kinds are equal only if they are the same object; counts add up
 * by name.
 */
public final class Kind {
  /** The longest name of a custom kind, in characters. */
  private static final int NAME_MAX = 64;

  /** The index of a kind that is not in the table. */
  static final int NO_INDEX = -1;

  private final String name;
  private final String type;
  private final int index;
  private final boolean isDefault;
  private final Mask mask;
  private final NormalForm form;
  private final List<String> examples;
  private final List<String> surrogates;
  private final byte[] redaction;

  Kind(KindRow row, int index) {
    this.name = row.name;
    this.type = row.type;
    this.index = index;
    this.isDefault = row.isDefault;
    this.mask = row.mask;
    this.form = row.form;
    this.examples = List.copyOf(row.examples);
    this.surrogates = List.copyOf(row.surrogates);
    this.redaction = redaction(name);
  }

  Kind(String name, Mask mask) {
    this.name = name;
    this.type = name.toUpperCase(Locale.ROOT);
    this.index = NO_INDEX;
    this.isDefault = false;
    this.mask = mask;
    this.form = NormalForm.WORDS;
    this.examples = List.of();
    this.surrogates = List.of();
    this.redaction = redaction(name);
  }

  /**
   * A kind of one's own.
   *
   * @param name what counts and audit records call it: 1 to 64 letters, digits, {@code _}, {@code
   *     -} or {@code .}
   * @param mask from the text found and the level to what stands in its place. It must be
   *     thread-safe, and should give a text that no detector takes for PII, or masking a masked
   *     value again would change it. What it throws withholds the whole value.
   * @throws IllegalArgumentException if the name is not as described
   */
  public static Kind custom(String name, BiFunction<String, Sensitivity, String> mask) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "A kind's name is 1 to " + NAME_MAX + " letters, digits, '_', '-' or '.': " + name);
    }
    Objects.requireNonNull(mask);
    return new Kind(
        name,
        (text, from, to, level) ->
            Objects.requireNonNull(
                    mask.apply(new String(text, from, to - from, StandardCharsets.UTF_8), level),
                    "a kind's mask must not be null")
                .getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= NAME_MAX
        && name.chars()
            .allMatch(c -> c < 0x80 && (Ascii.isWord((byte) c) || "_-.".indexOf(c) >= 0));
  }

  private static byte[] redaction(String name) {
    return ("[" + name.toUpperCase(Locale.ROOT) + "]").getBytes(StandardCharsets.US_ASCII);
  }

  /** The name in counts, configuration and audit records, such as {@code email}. */
  public String name() {
    return name;
  }

  /** The name that data sets and other tools give it, such as {@code EMAIL_ADDRESS}. */
  public String type() {
    return type;
  }

  /** Whether it is masked unless somebody chooses otherwise. */
  public boolean isDefault() {
    return isDefault;
  }

  /**
   * Texts that hold a made-up value of this kind with what has to stand around it for it to be
   * found: {@code NHS number: 943 476 5919}. Empty for custom kinds.
   */
  public List<String> examples() {
    return examples;
  }

  /**
   * Values that may stand where a schema refuses the mask, the best first: {@code
   * masked@masked.invalid}. They are nobody's, and are not taken for PII. Empty for custom kinds.
   */
  public List<String> surrogates() {
    return surrogates;
  }

  /**
   * What all writings of a value of this kind have in common: a phone's digits, an e-mail address
   * in lower case; letters and digits of other widths as plain ones, what has no width left out.
   *
   * @return the form, not masked; empty if the text has nothing of it
   */
  public String normal(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    return normal(text, 0, text.length);
  }

  /** The same on UTF-8. */
  String normal(byte[] text, int from, int to) {
    return form.of(text, from, to);
  }

  /**
   * What stands in the place of a text of this kind.
   *
   * @param original the text found
   * @param level how much of it stays readable
   */
  public String mask(String original, Sensitivity level) {
    byte[] text = original.getBytes(StandardCharsets.UTF_8);
    return new String(mask(text, 0, text.length, level), StandardCharsets.UTF_8);
  }

  /** The same on UTF-8; the array returned may be shared and must not be changed. */
  byte[] mask(byte[] text, int from, int to, Sensitivity level) {
    return mask.of(text, from, to, level);
  }

  /** {@code [EMAIL]}; shared, not to be changed. */
  byte[] redaction() {
    return redaction;
  }

  /** The place in the table, or {@link #NO_INDEX}. */
  int index() {
    return index;
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  /** From a text to its mask. */
  @FunctionalInterface
  interface Mask {
    byte[] of(byte[] text, int from, int to, Sensitivity level);
  }
}
