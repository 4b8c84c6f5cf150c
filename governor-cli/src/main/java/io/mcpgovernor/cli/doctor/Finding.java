package io.mcpgovernor.cli.doctor;

import java.util.Locale;

/**
 * What was found of one thing.
 *
 * @param level how bad it is
 * @param what which thing
 * @param text how it is
 * @param mend what to do; empty if nothing has to be done
 */
public record Finding(Level level, String what, String text, String mend) {
  /** How bad something is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** It works, and should be looked at. */
    WARN,
    /** It does not work. */
    FAIL;

    /** {@code ok}, {@code warn}, {@code fail}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding ok(String what, String text) {
    return new Finding(Level.OK, what, text, "");
  }

  static Finding warn(String what, String text, String mend) {
    return new Finding(Level.WARN, what, text, mend);
  }

  static Finding fail(String what, String text, String mend) {
    return new Finding(Level.FAIL, what, text, mend);
  }

  /** {@code what: how it is: what to do}. */
  public String line() {
    return what + ": " + text + (mend.isEmpty() ? "" : ": " + mend);
  }
}
