package io.mcpgovernor.config.file;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What a value without quotes is, by the core schema of YAML 1.2.2 (section 10.3.2): {@code yes},
 * {@code on} and dates are texts. So are {@code .inf} and {@code .nan} here, as no key takes them.
 */
enum ScalarType {
  /** Nothing, or {@code ~} or {@code null}. */
  NULL("nothing", "~|null|Null|NULL|"),
  /** {@code true} or {@code false}. */
  BOOLEAN("a boolean", "true|True|TRUE|false|False|FALSE"),
  /** A whole number: decimal, {@code 0o17} or {@code 0x1f}. */
  INTEGER("a number", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
  /** Any other number. */
  DECIMAL("a number", "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,9})?"),
  /** A text. */
  TEXT("a text", "");

  private static final int HEXADECIMAL = 16;
  private static final int OCTAL = 8;

  private final String what;
  private final Pattern form;

  ScalarType(String what, String form) {
    this.what = what;
    this.form = Pattern.compile(form);
  }

  /** What it is, for people. */
  String what() {
    return what;
  }

  /** The type of a value without quotes. */
  static ScalarType of(String plain) {
    for (ScalarType type : values()) {
      if (type.form.matcher(plain).matches()) {
        return type;
      }
    }
    return TEXT;
  }

  /** The number that a text of type {@link #INTEGER} is. */
  static BigInteger integer(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), HEXADECIMAL);
    }
    return text.startsWith("0o") ? new BigInteger(text.substring(2), OCTAL) : new BigInteger(text);
  }
}
