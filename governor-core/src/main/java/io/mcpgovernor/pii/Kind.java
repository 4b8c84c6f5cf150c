package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A kind of PII: its name and what stands in its place. The constants are the built-in table, one
 * row a kind; {@link #custom} makes further kinds for detectors of one's own.
 *
 * <p>Immutable and thread-safe. Two kinds are equal only if they are the same object; counts add up
 * by name.
 */
public final class Kind {
  /** An e-mail address: {@code ***@***.com}, whatever the domain. */
  public static final Kind EMAIL = new Kind("email", Masks::email);

  /**
   * A phone number: {@code (***) ***-4567} for {@code (555) 123-4567} and {@code 555-123-4567};
   * others keep their separators, {@code +** ** **** 0958}.
   */
  public static final Kind PHONE = new Kind("phone", Masks::phone);

  /** A US social security number, in any writing: {@code ***-**-6789}. */
  public static final Kind SSN = new Kind("ssn", Masks::ssn);

  /** A payment card number, in any writing: {@code ****-****-****-3456}. */
  public static final Kind CARD = new Kind("card", Masks::card);

  /** Whatever stands under a field that a column rule covers; no detector finds it. */
  static final Kind COLUMN = new Kind("column", Masks::column);

  private static final List<Kind> ALL = List.of(EMAIL, PHONE, SSN, CARD);

  /** The longest name of a custom kind, in characters. */
  private static final int NAME_MAX = 64;

  private final String name;
  private final Mask mask;

  private Kind(String name, Mask mask) {
    this.name = name;
    this.mask = mask;
  }

  /** The built-in kinds, in the order of the table. */
  public static List<Kind> all() {
    return ALL;
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

  /** The name in counts, configuration and audit records, such as {@code email}. */
  public String name() {
    return name;
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

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  /** From a text to its mask. */
  @FunctionalInterface
  private interface Mask {
    byte[] of(byte[] text, int from, int to, Sensitivity level);
  }
}
